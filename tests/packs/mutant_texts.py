"""Texts of packs with one change of the law: a number, sign, comparison, choice, date or condition."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import get_args

import yaml

from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.records import choices

EXPRESSIONS = {"is", "if", "else", "when", "flag", "then", "if_zero", "if_empty"}
DAYS = {"from", "until", "published", "date", "issued", "in_force"}
CHOSEN = {
    "mode": ("half_up", "half_even", "up", "down"),
    "take": ("highest", "lowest", "first_above_zero"),
    "reached_on": ("birthday", "day_after"),
    "leap_day": ("mar1", "feb28"),
}
DROPPED = {"all", "any", "sum", "cases", "except", "options", "flags"}
OPERATORS = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "==": ("!=",),
    "!=": ("==",),
    "+": ("-",),
    "-": ("+",),
    "*": ("/",),
    "/": ("*",),
    "and": ("or",),
    "or": ("and",),
    "not": ("",),
    "min": ("max",),
    "max": ("min",),
    "any": ("all",),
    "start_of_month": ("",),
}
TOKEN = re.compile(r'"[^"]*"|[A-Za-z_][A-Za-z0-9_.]*|\d+|<=|>=|==|!=|[-+*/<>]')
TEXTS = [
    tuple(map(str, get_args(getattr(choices, name))))
    for name in ("Registration", "Relation", "Exclusion", "IncomeKind", "AssetKind", "Provenance", "IncomePeriod")
] + [
    ("within", "exceeds"),
    ("month_decided", "twelve_months"),
    ("shortfall", "flat_top_up", "tiered"),
    ("elderly", "minor", "severely_disabled", "severely_ill"),
]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One file of the packs with one change: where, what stood there, what stands there now."""

    path: str
    line: int
    at: str
    before: str
    after: str
    text: str
    renamed: str | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.at}: {self.before!r} -> {self.after!r}"

    @property
    def key(self) -> str:
        """The change without its line, which moves."""
        return f"{self.path} {self.at}: {self.before} -> {self.after}"

    def write(self, root: Path) -> None:
        """Put the change into a copy of the packs at `root`."""
        (root / self.path).write_text(self.text, encoding="utf-8")
        if self.renamed is not None:
            (root / self.path).rename(root / self.renamed)

    def undo(self, root: Path, original: str) -> None:
        """Take the change out again."""
        if self.renamed is not None:
            (root / self.renamed).rename(root / self.path)
        (root / self.path).write_text(original, encoding="utf-8")


def mutants(root: Path, parts: Sequence[str]) -> list[Mutant]:
    """Every mutant of the packs and overlays named (`tekun`, `overlays/tiered.yaml`), in the order of their files."""
    found: list[Mutant] = []
    whole = _whole_numbers(root)
    for part in parts:
        for path in sorted((root / part).rglob("*.yaml")) if (root / part).is_dir() else [root / part]:
            if "examples" not in path.parts:
                found += _of_file(path, root, whole)
    return found


def _of_file(path: Path, root: Path, whole: set[str]) -> Iterator[Mutant]:
    text, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None

    def changed(at: str, node: yaml.Node, after: str, shown: str | None = None) -> Mutant:
        start, end = node.start_mark.index, node.end_mark.index
        before = text[start:end] if shown is None else shown
        return Mutant(name, node.start_mark.line + 1, at, before, after, text[:start] + after + text[end:])

    def walk(node: yaml.Node, at: tuple[str, ...]) -> Iterator[Mutant]:
        key = next((part for part in reversed(at) if not part.isdigit()), "")
        if isinstance(node, yaml.MappingNode):
            for inner, value in node.value:
                if inner.value not in ("title", "note", "say", "choices", "notice", "cite") and "sources" not in at:
                    yield from walk(value, (*at, inner.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                yield from walk(value, (*at, str(index)))
                if key in DROPPED and len(node.value) > 1:
                    yield _without(name, text, node, index, ".".join((*at, str(index))))
        elif isinstance(node, yaml.ScalarNode):
            for after in scalar_mutants(at, node.value, bool(whole & set(at))):
                yield changed(".".join(at), node, _written(after))

    yield from walk(node, ())
    day = read_day(path.stem)
    if day is not None:
        for moved in _moved(day):
            renamed = path.with_name(f"{moved}.yaml").relative_to(root).as_posix()
            yield Mutant(name, 1, "file name", path.stem, moved, text, renamed)


def _without(name: str, text: str, sequence: yaml.SequenceNode, index: int, at: str) -> Mutant:
    """The file without one entry of a list: one condition, line, exception or option less."""
    node = sequence.value[index]
    start, end = node.start_mark.index, node.end_mark.index
    if sequence.flow_style:
        end += 1 if text[end : end + 1] == "," else 0
    else:
        start = text.rindex("-", 0, start)
        end = end if text[end - 1] == "\n" or text[end : end + 1] != "\n" else end + 1
        tail = text[start:end]
        end = start + len(tail.rstrip(" ")) if tail.rstrip(" ").endswith("\n") else end
        start = text.rindex("\n", 0, start) + 1
    return Mutant(name, node.start_mark.line + 1, at, text[start:end].strip()[:60], "", text[:start] + text[end:])


def _whole_numbers(root: Path) -> set[str]:
    """The parameters of which only whole numbers make sense: years, months, grades; as packs and overlays name them."""
    found: set[str] = set()
    for path in root.glob("*/parameters.yaml"):
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if entry["type"] in ("year", "month", "number"):
                found |= {name, f"{path.parent.name}.{name}"}
    return found


def scalar_mutants(at: tuple[str, ...], value: str, whole: bool) -> Iterator[str]:
    """The changed texts of one scalar, by where it stands; `whole`: by whole steps only."""
    key = next((part for part in reversed(at) if not part.isdigit()), "")
    if key in DAYS:
        day = read_day(value)
        yield from _moved(day) if day is not None else ()
    elif key in CHOSEN:
        yield from (other for other in CHOSEN[key] if other != value)
    elif key in EXPRESSIONS and "bands" not in at:
        yield from _expression_mutants(value)
    elif key in ("value", "to", "below", "above", "rate") or "table" in at or "bands" in at or at[0] == "parameters":
        yield from _value_mutants(value, whole)


def _value_mutants(value: str, whole: bool) -> Iterator[str]:
    day = read_day(value)
    if value == "null":
        yield "1"
    elif day is not None:
        yield from _moved(day)
    elif re.fullmatch(r"\d+(\.\d+)?", value):
        steps = (Decimal(1), Decimal(-1)) if whole else (Decimal("0.01"), Decimal("-0.01"), Decimal(1))
        yield from (str(Decimal(value) + step) for step in steps)
    else:
        yield from _other_texts(value)


def _expression_mutants(text: str) -> Iterator[str]:
    if text in ("yes", "no"):
        yield "no" if text == "yes" else "yes"
        return
    for found in TOKEN.finditer(text):
        token, start, end = found[0], found.start(), found.end()
        others: tuple[str, ...] = OPERATORS.get(token, ())
        if token.isdigit():
            others = (str(int(token) + 1),)
        elif token.startswith('"'):
            others = tuple(f'"{other}"' for other in _other_texts(token.strip('"')))
            rest = text[end:].removeprefix(",")
            if text[:start].endswith(", ") and text[end : end + 1] in ",)":
                yield text[:start].removesuffix(", ") + text[end:]
            elif text[:start].endswith("in (") and rest != text[end:]:
                yield text[:start] + rest.lstrip()
        yield from (text[:start] + other + text[end:] for other in others)


def _other_texts(text: str) -> tuple[str, ...]:
    """The next text of the closed set that `text` belongs to."""
    return tuple(group[(group.index(text) + 1) % len(group)] for group in TEXTS if text in group)[:1]


def _moved(day: datetime.date) -> tuple[str, str]:
    return (str(day - datetime.timedelta(days=1)), str(day + datetime.timedelta(days=1)))


def _written(text: str) -> str:
    """A scalar as it may stand in YAML."""
    return "'" + text.replace("'", "''") + "'"
