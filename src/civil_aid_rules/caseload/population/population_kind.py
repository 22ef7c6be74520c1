"""What kind of file a population stands in, and what its results are written as: told by the ending of the name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from civil_aid_rules.errors import Both, CaseloadError, problem

PopulationKind = Literal["parquet", "arrow", "jsonl", "csv"]

_ENDINGS: dict[str, PopulationKind] = {
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".arrows": "arrow",
    ".feather": "arrow",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}
KINDS_IN_WORDS: dict[PopulationKind, Both] = {
    "parquet": Both("a Parquet file", " Parquet 文件"),
    "arrow": Both("an Arrow stream", " Arrow 流"),
    "jsonl": Both("a file with one JSON record on each line", "每行一份 JSON 记录的文件"),
    "csv": Both("a CSV file with a row of column names", "首行为列名的 CSV 文件"),
}
_EXPECTED = "*.parquet, *.arrow, *.jsonl, *.csv"


def kind_of(path: Path) -> PopulationKind:
    """The kind of a population file. Raises CaseloadError for an ending that says none."""
    found = _ENDINGS.get(path.suffix.lower())
    if found is None:
        raise CaseloadError([problem("caseload-kind", path.name, found=path.suffix, expected=_EXPECTED)])
    return found


def is_one_file(path: Path) -> bool:
    """Whether results go to one file; otherwise the path names a folder for numbered parts."""
    return path.suffix.lower() in _ENDINGS and not path.is_dir()


def check_kind_of_results(path: Path, kind: PopulationKind) -> None:
    """Results are of the kind of their population. Raises CaseloadError."""
    if is_one_file(path) and _ENDINGS[path.suffix.lower()] != kind:
        expected = next(ending for ending, named in _ENDINGS.items() if named == kind)
        raise CaseloadError([problem("caseload-out-kind", path.name, found=path.suffix, expected=expected)])
