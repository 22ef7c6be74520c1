"""Homes in files of every kind. The standard of 2011-05-01 is 100 a month, in Westerby 110; what is lacking is paid."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.parquet as pq

from civil_aid_rules import Entry, Fact, Money, Part, Record, Rulebook
from civil_aid_rules.caseload.population.population_chunk import Cells, Lines, RowGroups, StreamBatches
from civil_aid_rules.records.record import Many

SMALL = Path(__file__).parents[2] / "cli" / "small"
ON = "2011-05-01"
Row = dict[str, Any]


class Lamp(Part):
    """A lamp of a home."""

    burns: Annotated[bool | None, Fact(en="Burns", zh="点燃")] = None


class Hearth(Part):
    """The fireplace of a home."""

    lit: Annotated[bool | None, Fact(en="Lit", zh="生火")] = None


class CountyHome(Record):
    """A home: where it is, its income, its rooms, its lamps, its hearth."""

    jurisdiction: str | None = None
    income: Annotated[Money | None, Fact(en="Income", zh="收入", unit="ISL/month")] = None
    rooms: Annotated[int | None, Fact(en="Rooms", zh="房间数")] = None
    lamps: Annotated[Many[Lamp] | None, Entry(en="Lamps", zh="灯")] = None
    hearth: Annotated[Hearth | None, Fact(en="Hearth", zh="壁炉")] = None


ALWAYS = dict.fromkeys((RowGroups, StreamBatches, Lines, Cells), 2)
"""So few chunks are worth processes of their own, in tests of these."""

HOMES: list[Row] = [
    {"key": "a", "jurisdiction": None, "income": "70"},
    {"key": "b", "jurisdiction": "westerby", "income": "70"},
    {"key": "c", "jurisdiction": None, "income": "100"},
    {"key": "d", "jurisdiction": "westerby", "income": "100"},
    {"key": "e", "jurisdiction": None, "income": None},
    {"key": "f", "jurisdiction": None, "income": "70.005"},
    {"key": "g", "jurisdiction": "easterby", "income": "70"},
    {"key": "h", "jurisdiction": None, "income": "99.99"},
]
DECIDED: list[tuple[int, str, str, str | None]] = [
    (0, "a", "eligible", "30.00"),
    (1, "b", "eligible", "40.00"),
    (2, "c", "ineligible", "0.00"),
    (3, "d", "eligible", "10.00"),
    (4, "e", "undetermined", None),
    (7, "h", "eligible", "0.01"),
]
"""100 - 70, 110 - 70, not below 100, 110 - 100, nothing known, 100 - 99.99."""

REFUSED = [(5, "$.income"), (6, "$.jurisdiction")]


def rulebook() -> Rulebook:
    """The small rulebook over these homes."""
    return Rulebook.load(SMALL, records={"home": CountyHome})


def write(path: Path, rows: Sequence[Row], *, at_once: int = 1000) -> Path:
    """A population file of the kind that its name says; `at_once` rows in a row group or batch."""
    match path.suffix:
        case ".parquet":
            pq.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=at_once)
        case ".arrow":
            table = pa.Table.from_pylist(list(rows))
            with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table, max_chunksize=at_once)
        case ".jsonl":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        case _:
            with path.open("w", newline="", encoding="utf-8") as stream:
                writer = csv.writer(stream)
                writer.writerow(rows[0])
                writer.writerows(
                    [json.dumps(value) if isinstance(value, list) else value for value in row.values()] for row in rows
                )
    return path


def read(path: Path) -> list[Row]:
    """The rows of a file of results, amounts as text."""
    match path.suffix:
        case ".parquet":
            rows = pq.read_table(path).to_pylist()
        case ".arrow":
            with pa.OSFile(str(path), "rb") as source:
                rows = pa.ipc.open_stream(source).read_all().to_pylist()
        case ".jsonl":
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        case _:
            with path.open(newline="", encoding="utf-8") as stream:
                rows = [{**row, "row": int(row["row"])} for row in csv.DictReader(stream)]
            for row in rows:
                row |= {"amount": row["amount"] or None, "reasons": row["reasons"].split()} if "amount" in row else {}
    return [{**row, "amount": None if row["amount"] is None else str(row["amount"])} if "amount" in row else row
            for row in rows]  # fmt: skip
