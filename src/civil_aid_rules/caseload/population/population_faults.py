"""What is said of a population file that cannot be read as a whole."""

from __future__ import annotations

import re
from pathlib import Path

from civil_aid_rules.caseload.population.population_kind import KINDS_IN_WORDS, PopulationKind
from civil_aid_rules.errors import Both, CaseloadError, problem
from civil_aid_rules.system_faults import said_by_the_system

_EXPECTED = Both("a file that exists and may be read", "存在且可以读取的文件")


def cannot_open(path: Path, error: OSError) -> CaseloadError:
    """The file is not there, or may not be read."""
    return CaseloadError([problem("caseload-file", path.name, found=said_by_the_system(error), expected=_EXPECTED)])


def cannot_read(path: Path, error: Exception | None, kind: PopulationKind) -> CaseloadError:
    """The file is not what its name says, or not whole. In English with the first sentence of the library's words."""
    en = re.split(r"[.:] |\n", str(error), maxsplit=1)[0].rstrip(".")
    found = Both(en, "内容损坏，或者格式不符")
    return CaseloadError([problem("caseload-content", path.name, found=found, expected=KINDS_IN_WORDS[kind])])


def check_not_empty(path: Path) -> int:
    """How many bytes the file has. Raises CaseloadError where it has none or is not there."""
    try:
        size = path.stat().st_size
        path.open("rb").close()
    except OSError as error:
        raise cannot_open(path, error) from None
    if size == 0:
        expected = Both("the households of a population", "保障对象名册中的家庭")
        raise CaseloadError([problem("caseload-empty", path.name, found=0, expected=expected)])
    return size
