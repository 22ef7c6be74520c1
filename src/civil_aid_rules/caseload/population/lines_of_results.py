"""Results and refused rows as text: JSON lines, or CSV; amounts and values exact."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from civil_aid_rules.digests import Json
from civil_aid_rules.errors import RecordError

REJECT_COLUMNS = ("row", "field", "code", "sentence", "sentence_zh")


def json_line(row: Mapping[str, Json]) -> str:
    """One row on one line."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def csv_line(cells: Sequence[object]) -> str:
    """One row of cells. A list stands in one cell as JSON, as in a population; what is not known is empty."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([_cell(cell) for cell in cells])
    return stream.getvalue()


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else "" if value is None else value


def refused(row: int, error: RecordError) -> list[dict[str, Json]]:
    """A refused row: everything that is wrong with it, each on a line of its own under the same number."""
    return [
        {
            "row": row,
            "field": str(item.at),
            "code": item.code,
            "sentence": item.sentence(),
            "sentence_zh": item.sentence("zh"),
        }
        for item in error.problems
    ]
