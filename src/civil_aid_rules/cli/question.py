"""From a command line's words to the library's objects: rulebook, evaluator, record."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import civil_aid_rules as aid
from civil_aid_rules.cli.console import read_standard_input
from civil_aid_rules.cli.usage import UsageError


def load_rulebook(arguments: argparse.Namespace, program: str | None = None) -> aid.Rulebook:
    """The rulebook asked for; with a program, only that and what it uses."""
    programs = None if program is None else [program]
    return aid.Rulebook.load(arguments.rules, records=record_models(arguments.record_model), programs=programs)


def record_models(texts: Sequence[str]) -> dict[str, type[aid.Record]] | None:
    """The shipped record models (None), or those with the ones of --record-model."""
    from civil_aid_rules.rulebook import shipped_records

    if not texts:
        return None

    return {**shipped_records(), **dict(_record_model(text) for text in texts)}


def _record_model(text: str) -> tuple[str, type[aid.Record]]:
    from importlib import import_module

    name, _, place = text.partition("=")
    module, _, class_name = place.partition(":")
    if not (name and module and class_name):
        raise UsageError(
            f"--record-model {text}: expected NAME=MODULE:CLASS, such as hearth=islandia.records:Hearth",
            f"--record-model {text}：应写成 名称=模块:类，如 hearth=islandia.records:Hearth",
        )
    try:
        model = getattr(import_module(module), class_name)
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"--record-model {text}: {error}; is its folder on PYTHONPATH?",
            f"--record-model {text}：{error}；其所在文件夹是否在 PYTHONPATH 中？",
        ) from None
    if not (isinstance(model, type) and issubclass(model, aid.Record)):
        raise UsageError(
            f"--record-model {text}: {class_name} is no civil_aid_rules.Record",
            f"--record-model {text}：{class_name} 不是 civil_aid_rules.Record 的子类",
        )
    return name, model


def with_overlays(rulebook: aid.Rulebook, overlays: Sequence[str], values: Sequence[str]) -> aid.Rulebook:
    """The rulebook under the what-ifs of --overlay and --set."""
    for overlay in overlays:
        rulebook = rulebook.with_overlay(_overlay(rulebook, overlay))
    pairs = dict(_pair(text) for text in values)
    return rulebook.with_overlay(aid.Scenario(pairs)) if pairs else rulebook


def _overlay(rulebook: aid.Rulebook, text: str) -> str:
    """A name of the rulebook's, or a file; a name that is neither is refused with the nearest one."""
    from civil_aid_rules.names import did_you_mean

    known = rulebook.packs.overlays
    if text in known or Path(text).suffix or Path(text).exists():
        return text
    nearest = did_you_mean(text, known)
    listed = ", ".join(known)
    raise UsageError(
        f"there is no overlay {text}; " + (f"did you mean {nearest}?" if nearest else f"known: {listed}"),
        f"没有测算方案 {text}；" + (f"是否要写 {nearest}？" if nearest else f"可用：{listed}"),
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (equals and name and value):
        raise UsageError(
            f"--set {text}: expected PROGRAM.NAME=VALUE",
            f"--set {text}：应写成 项目.名称=数值",
        )
    return name, value


def evaluator_of(arguments: argparse.Namespace, rulebook: aid.Rulebook) -> aid.Evaluator:
    """The program's rules for the day asked for."""
    return rulebook.evaluator(
        arguments.program, on=arguments.on, known_on=arguments.known_on, jurisdiction=arguments.jurisdiction
    )


def read_record(path: str, rulebook: aid.Rulebook, evaluator: aid.Evaluator) -> aid.Record:
    """The record at `path`, or on standard input."""
    model = rulebook.records[evaluator.record]
    return model.from_json(read_standard_input()) if path == "-" else model.load(path)


def read_record_of_kind(path: str, rulebook: aid.Rulebook, kind: str | None) -> aid.Record:
    """The record at `path`, or on standard input, of a kind that packs name; None: what most programs decide on."""
    from collections import Counter

    kinds = Counter(rulebook.packs.packs[name].block.record for name in rulebook.programs)
    if kind is not None and kind not in kinds:
        known = ", ".join(kinds)
        raise UsageError(
            f"--record-kind {kind}: no program decides on such records; known: {known}",
            f"--record-kind {kind}：没有项目针对此类记录；可用：{known}",
        )
    model = rulebook.records[kind or kinds.most_common(1)[0][0]]
    return model.from_json(read_standard_input()) if path == "-" else model.load(path)


def read_history(path: str, rulebook: aid.Rulebook) -> aid.History:
    """The history at `path`, or on standard input; its records are those of its programs."""
    models = {name: rulebook.records[rulebook.packs.packs[name].block.record] for name in rulebook.programs}
    if path == "-":
        return aid.History.from_json(read_standard_input(), record=models)
    return aid.History.load(path, record=models)


def read_payments(path: str) -> Sequence[aid.PaidItem]:
    """The payments at `path`, or on standard input."""
    read = aid.Payments.from_json(read_standard_input()) if path == "-" else aid.Payments.load(path)
    return read.paid


def determined(arguments: argparse.Namespace) -> aid.Determination:
    """What the program decides for the record, as asked on the command line."""
    rulebook = with_overlays(load_rulebook(arguments, arguments.program), arguments.overlay, arguments.set)
    evaluator = evaluator_of(arguments, rulebook)
    return evaluator.determine(read_record(arguments.record, rulebook, evaluator))


def determined_and_before(arguments: argparse.Namespace) -> tuple[aid.Determination, aid.Determination | None]:
    """What the program decides, and what it decided before: on another day (--earlier), of a record (--before)."""
    rulebook = with_overlays(load_rulebook(arguments, arguments.program), arguments.overlay, arguments.set)
    evaluator = evaluator_of(arguments, rulebook)
    record = read_record(arguments.record, rulebook, evaluator)
    decided = evaluator.determine(record)
    if arguments.before is None and arguments.earlier is None:
        return decided, None
    earlier = argparse.Namespace(**{**vars(arguments), "on": arguments.earlier or arguments.on})
    then = evaluator_of(earlier, rulebook)
    return decided, then.determine(
        record if arguments.before is None else read_record(arguments.before, rulebook, then)
    )


def compared(arguments: argparse.Namespace) -> aid.Comparison:
    """The record under both sides: the second is as the first, but for what an --and-… option says."""
    other = argparse.Namespace(**vars(arguments))
    for name in ("on", "known_on", "jurisdiction", "rules"):
        setattr(other, name, getattr(arguments, f"and_{name}") or getattr(arguments, name))
    if arguments.and_overlay or arguments.and_set:
        other.overlay, other.set = arguments.and_overlay, arguments.and_set
    plain = load_rulebook(arguments, arguments.program)
    plain_other = plain if other.rules == arguments.rules else load_rulebook(other, arguments.program)
    before = evaluator_of(arguments, with_overlays(plain, arguments.overlay, arguments.set))
    after = evaluator_of(other, with_overlays(plain_other, other.overlay, other.set))
    return aid.compare(read_record(arguments.record, plain, before), before, after)
