"""Outcomes → one file of results: Parquet or an Arrow stream from batches, JSON lines or CSV as they come."""

from __future__ import annotations

from typing import Any, BinaryIO, Protocol

from civil_aid_rules.caseload.population.population_kind import PopulationKind


class ResultsWriter(Protocol):
    """Writes to a stream that it does not close."""

    def write(self, content: bytes) -> None:
        """One outcome's results, or its refused rows."""

    def finish(self) -> None:
        """What is left, and what ends the file."""


def results_writer(kind: PopulationKind, stream: BinaryIO, layout: Any) -> ResultsWriter:
    """`layout`: the schema of a table; the columns of a CSV file; nothing for JSON lines."""
    if kind == "jsonl":
        return TextWriter(stream, "")
    if kind == "csv":
        from civil_aid_rules.caseload.population.lines_of_results import csv_line

        return TextWriter(stream, csv_line(layout))
    from civil_aid_rules.caseload.population.tables_writer import ArrowWriter, ParquetWriter

    return ParquetWriter(stream, layout) if kind == "parquet" else ArrowWriter(stream, layout)


class TextWriter:
    """Lines, after a head."""

    def __init__(self, stream: BinaryIO, head: str) -> None:
        self.stream = stream
        stream.write(head.encode("utf-8"))

    def write(self, content: bytes) -> None:
        """Whole lines."""
        self.stream.write(content)

    def finish(self) -> None:
        """Nothing is left."""
