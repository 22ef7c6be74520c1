"""A what-if as data: values and rules that stand over those of a rulebook.

Functions import the pack models where they need them, so that a program can name the class without paying for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civil_aid_rules.errors import Both, Problem, RulebookError, problem
from civil_aid_rules.source import SourceSpan

if TYPE_CHECKING:
    from civil_aid_rules.packs.models import OverlayBlock

_HERE = SourceSpan("<scenario>", 1, 1)
_QUALIFIED = re.compile(r"[a-z][a-z0-9_]{0,59}\.[a-z][a-z0-9_]{0,59}")


class Scenario:
    """A what-if: `Scenario({"urban_dibao.standard": "500"})`, or `Scenario.load("file.yaml")`. Immutable.

    A bare value replaces the one in force on the day decided, other dates stay; None makes it unset. Everything that a
    scenario sets is shown as hypothetical. Raises RulebookError with every name without its program, every value that
    is no text or whole number, or every fault of the file.
    """

    __slots__ = ("_block",)

    def __init__(
        self,
        values: Mapping[str, str | int | None],
        *,
        name: str = "scenario",
        title: Mapping[str, str] | None = None,
    ) -> None:
        from civil_aid_rules.packs.blocks import Text

        problems = [fault for key, value in values.items() for fault in _faults(key, value)]
        if problems:
            raise RulebookError(problems)
        data = {
            "overlay": name,
            "kind": "scenario",
            "title": _title(values) if title is None else dict(title),
            "parameters": {key: "null" if value is None else str(value) for key, value in values.items()},
        }
        parameters = {key: Text(str(value), _HERE, True) for key, value in values.items() if value is not None}
        located = _located(data)
        located["parameters"].update(parameters)
        self._block = _parsed(located, _HERE)

    @property
    def block(self) -> OverlayBlock:
        """The overlay that this scenario is."""
        return self._block

    @property
    def data(self) -> dict[str, Any]:
        """The scenario in full, as receipts keep it: texts as written, without places."""
        return overlay_data(self._block)

    @classmethod
    def of_block(cls, block: OverlayBlock) -> Scenario:
        """The scenario that an overlay file describes. Raises RulebookError for a local one: chosen by jurisdiction."""
        if block.kind != "scenario":
            raise RulebookError([problem("overlay-kind", block.at, found=block.kind, expected="scenario")])
        made = cls.__new__(cls)
        made._block = block
        return made

    @classmethod
    def load(cls, path: str | Path) -> Scenario:
        """The scenario in a YAML file."""
        from civil_aid_rules.packs.blocks import to_data
        from civil_aid_rules.yaml_source import read_yaml_file

        node, problems = read_yaml_file(Path(path), shown_as=str(path))
        if node is None or problems:
            raise RulebookError(problems)
        return cls.of_block(_parsed(to_data(node), node.at))

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Scenario:
        """The scenario that a receipt keeps in full."""
        return cls.of_block(_parsed(_located(data), _HERE))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.block.overlay)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Scenario.of_block, (self._block,))

    def __repr__(self) -> str:
        return f"<Scenario {self.block.overlay}: {self.block.title.en}>"


def overlay_data(block: OverlayBlock) -> dict[str, Any]:
    """An overlay in full as plain data."""
    data: dict[str, Any] = block.model_dump(mode="json", by_alias=True, exclude_none=True)
    return data


def overlay_of_data(data: Mapping[str, Any]) -> OverlayBlock | tuple[Problem, ...]:
    """The overlay, local or scenario, that a receipt keeps in full, or its faults."""
    from civil_aid_rules.packs.load import parse_overlay

    return parse_overlay(_located(data), _HERE)


def _faults(key: object, value: object) -> list[Problem]:
    found: list[Problem] = []
    if not isinstance(key, str) or _QUALIFIED.fullmatch(key) is None:
        found.append(problem("scenario-name", _HERE, found=key, expected="program.parameter"))
    if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
        expected = Both('a text such as "500", or None for unset', '文字，如 "500"；未设定写 None')
        found.append(problem("scenario-value", _HERE, found=f"{key}: {type(value).__name__}", expected=expected))
    return found


def _title(values: Mapping[str, str | int | None]) -> dict[str, str]:
    en = ", ".join(f"{key} = {'unset' if value is None else value}" for key, value in values.items())
    zh = "、".join(f"{key}＝{'未设定' if value is None else value}" for key, value in values.items())
    return {"en": en or "nothing changed", "zh": zh or "无改动"}


def _located(data: Any) -> Any:
    """Plain data as pack data. A kept `null` is an unset value, as the file had it."""
    from civil_aid_rules.packs.blocks import LocatedDict, Text

    if isinstance(data, Mapping):
        entries: dict[str, Any] = {Text(str(key), _HERE): _located(value) for key, value in data.items()}
        return LocatedDict(entries, _HERE, dict.fromkeys(data, _HERE))
    if isinstance(data, list | tuple):
        return [_located(item) for item in data]
    return Text(data, _HERE, data != "null") if isinstance(data, str) else data


def _parsed(data: Any, at: SourceSpan) -> OverlayBlock:
    from civil_aid_rules.packs.load import parse_overlay

    block = parse_overlay(data, at)
    if isinstance(block, tuple):
        raise RulebookError(block)
    return block
