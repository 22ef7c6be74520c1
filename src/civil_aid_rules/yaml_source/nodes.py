"""What a YAML file says: texts, lists and mappings, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from civil_aid_rules.source import SourceSpan


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text, where its first character (or its quote) stands, and whether it was quoted or a block (`|`, `>`)."""

    text: str
    at: SourceSpan
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and where it begins."""

    items: tuple[Node, ...]
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values in file order, no key twice, and where the first begins."""

    entries: tuple[tuple[Scalar, Node], ...]
    at: SourceSpan


Node = Scalar | Sequence | Mapping
