"""A folder of packs on disk → `Packs`: every file read strictly, every block validated, nothing resolved yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from civil_aid_rules.errors import Problem, RulebookError, problem
from civil_aid_rules.packs.blocks import Block, LocatedDict, Text, to_data
from civil_aid_rules.packs.models import FORMS, OverlayBlock, ParameterBlock, ProgramBlock, RuleBlock
from civil_aid_rules.packs.notice_models import NoticesBlock
from civil_aid_rules.packs.validate import A_MAPPING, NAME_CHARACTERS, NOTHING, described, place_of, validate
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source import read_yaml_file


@dataclass(frozen=True, slots=True)
class ParameterEntry:
    """A parameter as its pack declares it."""

    name: str
    at: SourceSpan
    block: ParameterBlock


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule as one dated file states it."""

    name: str
    at: SourceSpan
    from_date: datetime.date
    block: RuleBlock


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack: identity, parameters, rules by date, and where its worked examples are."""

    name: str
    block: ProgramBlock
    parameters: dict[str, ParameterEntry]
    rules: dict[str, tuple[RuleVersion, ...]]
    examples: tuple[Path, ...]
    notices: NoticesBlock | None = None


@dataclass(frozen=True, slots=True)
class Packs:
    """All packs and overlays of one folder. `left_out`: packs that are there but were not asked for."""

    root: Path
    left_out: frozenset[str]
    packs: dict[str, Pack]
    overlays: dict[str, OverlayBlock]

    def canonical(self) -> dict[str, dict[str, str]]:
        """Every text of every file, by file and by its path in it: what the packs say, and nothing else."""
        found: dict[str, dict[str, str]] = {}
        for name, pack in self.packs.items():
            found[f"{name}/program.yaml"] = leaves(stated(pack.block))
            parameters = {key: stated(entry.block) for key, entry in pack.parameters.items()}
            found.update({f"{name}/parameters.yaml": leaves(parameters)} if parameters else {})
            found.update({} if pack.notices is None else {f"{name}/notices.yaml": leaves(stated(pack.notices))})
            for versions in pack.rules.values():
                for version in versions:
                    file = found.setdefault(f"{name}/rules/{version.from_date}.yaml", {})
                    file.update(leaves({version.name: stated(version.block)}))
        for block in self.overlays.values():
            found[f"overlays/{block.overlay}.yaml"] = leaves(stated(block))
        return found

    @property
    def programs(self) -> tuple[str, ...]:
        """The packs that are programs, by name."""
        return tuple(sorted(name for name, pack in self.packs.items() if pack.block.program is not None))


def stated(block: Block) -> Any:
    """A block as its file states it: texts as written, nothing that was left out."""
    return block.model_dump(mode="json", by_alias=True, exclude_unset=True)


def leaves(data: Any, path: str = "") -> dict[str, str]:
    """The texts of nested data by path: `standard.values[0].from`."""
    if isinstance(data, dict):
        parts = [leaves(value, f"{path}.{key}" if path else str(key)) for key, value in data.items()]
    elif isinstance(data, list):
        parts = [leaves(value, f"{path}[{index}]") for index, value in enumerate(data)]
    else:
        return {path: str(data)}
    return {key: text for part in parts for key, text in part.items()}


def load_packs(root: Path, only: Iterable[str] | None = None) -> Packs:
    """Read the folder. `only`: the programs wanted, with whatever they use or extend; None: everything.

    Raises RulebookError with every fault of every file, in file order.
    """
    problems: list[Problem] = []
    folders = _pack_folders(root, problems)
    packs: dict[str, Pack] = {}
    waiting = sorted(folders) if only is None else list(dict.fromkeys(only))
    while waiting:
        name = waiting.pop(0)
        if name in packs or name not in folders:
            continue
        pack = _load_pack(root, folders[name], problems)
        if pack is not None:
            packs[name] = pack
            waiting.extend(str(other) for other in (*pack.block.uses, *pack.block.extends))
    overlays = _load_overlays(root, problems)
    if problems:
        raise RulebookError(problems)
    return Packs(root, frozenset(folders) - frozenset(packs), packs, overlays)


def _pack_folders(root: Path, problems: list[Problem]) -> dict[str, Path]:
    if not root.is_dir():
        raise RulebookError(
            [problem("pack-no-folder", SourceSpan(str(root), 1, 1), found=root, expected="program.yaml")]
        )
    folders = {path.name: path for path in sorted(root.iterdir()) if (path / "program.yaml").is_file()}
    for path in sorted(root.iterdir()):
        if (
            path.is_dir()
            and path.name not in folders
            and path.name not in ("overlays", "schema")
            and path.name[0] not in "._"
        ):
            problems.append(problem("pack-no-program", _top_of(root, path), found=path.name, expected="program.yaml"))
    if not folders and not problems:
        problems.append(problem("pack-none", SourceSpan(root.name, 1, 1), found=root.name, expected="program.yaml"))
    return folders


def _top_of(root: Path, path: Path) -> SourceSpan:
    return SourceSpan(path.relative_to(root.parent).as_posix(), 1, 1)


def _read(root: Path, path: Path, problems: list[Problem]) -> Any:
    """The file as pack data; None when it cannot be read (its faults are then among the problems)."""
    node, faults = read_yaml_file(path, shown_as=path.relative_to(root.parent).as_posix())
    problems.extend(faults)
    return None if node is None or faults else to_data(node)


def _load_pack(root: Path, folder: Path, problems: list[Problem]) -> Pack | None:
    top = SourceSpan((folder / "program.yaml").relative_to(root.parent).as_posix(), 1, 1)
    data = _read(root, folder / "program.yaml", problems)
    if data is None:
        return None
    block = validate(ProgramBlock, data, top)
    if isinstance(block, tuple):
        problems.extend(block)
        return None
    if block.name != folder.name:
        problems.append(
            problem(
                "pack-name-not-folder",
                block.place_of("program" if block.program else "definitions"),
                found=block.name,
                expected=folder.name,
            )
        )
    _refuse_unexpected_files(root, folder, problems)
    parameters = _load_parameters(root, folder / "parameters.yaml", problems)
    rules = _load_rules(root, folder / "rules", problems)
    examples = tuple(sorted((folder / "examples").glob("*.yaml"))) if (folder / "examples").is_dir() else ()
    notices = _load_notices(root, folder / "notices.yaml", problems)
    return Pack(block.name, block, parameters, rules, examples, notices)


def _refuse_unexpected_files(root: Path, folder: Path, problems: list[Problem]) -> None:
    known = {"program.yaml", "parameters.yaml", "notices.yaml", "rules", "examples", "CHANGES.md"}
    for path in sorted(folder.iterdir()):
        if path.name not in known and not path.name.startswith("."):
            at = _top_of(root, path)
            problems.append(problem("pack-unexpected-file", at, found=path.name, expected=", ".join(sorted(known))))


def _entries(data: Any, file: SourceSpan, problems: list[Problem]) -> list[tuple[str, SourceSpan, Any]]:
    """The named entries of a parameters or rules file."""
    if not isinstance(data, LocatedDict):
        problems.append(problem("pack-wrong-value", place_of(data, file), found=described(data), expected=A_MAPPING))
        return []
    found = []
    for name, value in data.items():
        if not (
            name.isascii() and name.isidentifier() and name[0].islower() and name == name.lower() and len(name) <= 60
        ):
            problems.append(problem("pack-bad-name", data.keys_at[name], found=name, expected=NAME_CHARACTERS))
        else:
            found.append((name, data.keys_at[name], value))
    return found


def _load_parameters(root: Path, path: Path, problems: list[Problem]) -> dict[str, ParameterEntry]:
    if not path.is_file() or (data := _read(root, path, problems)) is None:
        return {}
    loaded: dict[str, ParameterEntry] = {}
    file = _top_of(root, path)
    for name, at, value in _entries(data, file, problems):
        block = validate(ParameterBlock, value, at)
        if isinstance(block, ParameterBlock):
            loaded[name] = ParameterEntry(name, at, block)
        else:
            problems.extend(block)
    return loaded


def _load_rules(root: Path, folder: Path, problems: list[Problem]) -> dict[str, tuple[RuleVersion, ...]]:
    loaded: dict[str, list[RuleVersion]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        file = _top_of(root, path)
        day = read_day(path.stem) if path.suffix == ".yaml" else None
        if day is None:
            problems.append(problem("pack-rule-file-name", file, found=path.name, expected="YYYY-MM-DD.yaml"))
            continue
        data = _read(root, path, problems)
        for name, at, value in _entries(data, file, problems) if data is not None else ():
            block = validate(RuleBlock, value, at)
            if isinstance(block, tuple):
                problems.extend(block)
                continue
            problems.extend(_form_faults(block, at))
            loaded.setdefault(name, []).append(RuleVersion(name, at, day, block))
    return {name: tuple(versions) for name, versions in loaded.items()}


def _load_notices(root: Path, path: Path, problems: list[Problem]) -> NoticesBlock | None:
    if not path.is_file() or (data := _read(root, path, problems)) is None:
        return None
    block = validate(NoticesBlock, data, _top_of(root, path))
    if isinstance(block, NoticesBlock):
        return block
    problems.extend(block)
    return None


def _form_faults(block: RuleBlock, at: SourceSpan, *, whole: bool = False) -> tuple[Problem, ...]:
    """A rule has exactly one form; a `whole` one, which stands for a rule on every day, cannot say `repealed`."""
    forms = [name.rstrip("_") for name in (*FORMS, "repealed") if getattr(block, name) is not None]
    if len(forms) == 1 and not (whole and block.repealed):
        return ()
    expected = ", ".join(name.rstrip("_") for name in FORMS)
    return (problem("rule-form", at, found=", ".join(forms) or NOTHING, expected=expected),)


def _load_overlays(root: Path, problems: list[Problem]) -> dict[str, OverlayBlock]:
    loaded: dict[str, OverlayBlock] = {}
    for path in sorted((root / "overlays").glob("*.yaml")):
        data = _read(root, path, problems)
        block = () if data is None else parse_overlay(data, _top_of(root, path))
        if not isinstance(block, OverlayBlock):
            problems.extend(block)
            continue
        if block.overlay != path.stem:
            at = block.place_of("overlay")
            problems.append(problem("overlay-name-not-file", at, found=block.overlay, expected=path.stem))
        loaded[block.overlay] = block
    return loaded


def parse_overlay(data: Any, file: SourceSpan) -> OverlayBlock | tuple[Problem, ...]:
    """Pack data as an overlay, or its faults."""
    block = validate(OverlayBlock, data, file)
    if isinstance(block, tuple):
        return block
    faults = tuple(fault for rule in block.rules.values() for fault in _form_faults(rule, rule.at, whole=True))
    return faults or block


def read_text_day(text: Text | str | None) -> datetime.date | None:
    """The day that a text of a pack names, if it names one."""
    return None if text is None else read_day(str(text))
