"""A what-if as data: values and rules that stand over those of a rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from civil_aid_rules.errors import RulebookError, problem
from civil_aid_rules.packs.blocks import LocatedDict, Text, to_data
from civil_aid_rules.packs.load import parse_overlay
from civil_aid_rules.packs.models import OverlayBlock
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source import read_yaml_file

_HERE = SourceSpan("<scenario>", 1, 1)


class Scenario:
    """A what-if: `Scenario({"urban_dibao.standard": "500"})`, or `Scenario.load("file.yaml")`.

    A bare value replaces the one in force on the day decided; everything a scenario sets is shown as hypothetical. Raises
    RulebookError for a name without its program, a value that is no text or whole number, or a fault of the file.
    """

    def __init__(
        self, values: Mapping[str, str | int], *, name: str = "scenario", title: Mapping[str, str] | None = None
    ) -> None:
        shown = (
            dict(title)
            if title is not None
            else {
                "en": ", ".join(f"{k} = {v}" for k, v in values.items()),
                "zh": "、".join(f"{k}＝{v}" for k, v in values.items()),
            }
        )
        data = {
            "overlay": name,
            "kind": "scenario",
            "title": shown,
            "parameters": {key: _text(key, value) for key, value in values.items()},
        }
        self.block = _parsed(_located(data), _HERE)

    @classmethod
    def of_block(cls, block: OverlayBlock) -> Scenario:
        """The scenario that an overlay file describes. Raises RulebookError for a local overlay: choose that by `jurisdiction=`."""
        if block.kind != "scenario":
            expected = "a scenario; a local overlay is chosen by jurisdiction="
            raise RulebookError([problem("overlay-kind", block.at, found=block.kind, expected=expected)])
        made = cls.__new__(cls)
        made.block = block
        return made

    @classmethod
    def load(cls, path: str | Path) -> Scenario:
        """The scenario in a YAML file."""
        node, problems = read_yaml_file(Path(path), shown_as=str(path))
        if node is None or problems:
            raise RulebookError(problems)
        return cls.of_block(_parsed(to_data(node), node.at))

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Scenario:
        """The scenario that a receipt keeps in full."""
        return cls.of_block(_parsed(_located(data), _HERE))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.block == other.block

    def __hash__(self) -> int:
        return hash(self.block.overlay)

    def __repr__(self) -> str:
        return f"<Scenario {self.block.overlay}: {self.block.title.en}>"


def _text(key: str, value: object) -> str:
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise RulebookError(
        [problem("scenario-value", _HERE, found=f"{key}: {type(value).__name__}", expected='a text such as "500"')]
    )


def _located(data: Any) -> Any:
    """Plain data as pack data."""
    if isinstance(data, Mapping):
        return LocatedDict({key: _located(value) for key, value in data.items()}, _HERE, dict.fromkeys(data, _HERE))
    if isinstance(data, list | tuple):
        return [_located(item) for item in data]
    return Text(data, _HERE, True) if isinstance(data, str) else data


def _parsed(data: Any, at: SourceSpan) -> OverlayBlock:
    block = parse_overlay(data, at)
    if isinstance(block, tuple):
        raise RulebookError(block)
    return block
