"""`civil-aid check [DIR]`: is this folder of packs sound, and do its worked examples come out?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import civil_aid_rules as aid
from civil_aid_rules.cli import options
from civil_aid_rules.cli.console import print_json, print_result
from civil_aid_rules.cli.question import record_models
from civil_aid_rules.cli.usage import Parser
from civil_aid_rules.cli.words import both, say

if TYPE_CHECKING:
    from civil_aid_rules.testing.examples import ExampleResult

NAME = "check"
EN = "check a folder of packs: every rule on every date, every overlay, every worked example"
ZH = "检查规则包：逐日期检查规则和方案，并核对全部算例"
USAGE = "civil-aid check [DIR] [options]"


def add_arguments(parser: Parser) -> None:
    """The options of the command."""
    parser.add_argument(
        "rules",
        nargs="?",
        metavar="DIR",
        help=both("the folder of packs; left out, the shipped ones", "规则包所在的文件夹；不填则检查自带的规则包"),
    )
    options.add_record_model(parser)
    options.add_json(parser)
    options.add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what was counted, and each example that came out otherwise than it says (exit status 1)."""
    from civil_aid_rules.testing.examples import run_examples

    rulebook = aid.Rulebook.load(arguments.rules, records=record_models(arguments.record_model))
    results = run_examples(rulebook)
    failed = [result for result in results if not result.passed]
    if arguments.json:
        warned = [item.located(arguments.language) for item in rulebook.warnings]
        came_out = {"examples": len(results), "failed": [_data(item) for item in failed], "warnings": warned}
        print_json({**counts(rulebook), **came_out})
    else:
        lines = [_warned(item, arguments.language) for item in rulebook.warnings]
        lines += _lines(counts(rulebook), results, failed, arguments.language)
        print_result("\n".join(lines))
    return 1 if failed else 0


def counts(rulebook: aid.Rulebook) -> dict[str, int]:
    """How much there is of each."""
    packs = rulebook.packs.packs.values()
    return {
        "packs": len(packs),
        "programs": len(rulebook.programs),
        "parameters": sum(len(pack.parameters) for pack in packs),
        "values": sum(len(entry.block.values) for pack in packs for entry in pack.parameters.values()),
        "rules": sum(len(versions) for pack in packs for versions in pack.rules.values()),
        "overlays": len(rulebook.packs.overlays),
    }


def _lines(
    counted: dict[str, int], results: tuple[ExampleResult, ...], failed: list[ExampleResult], language: str
) -> list[str]:
    lines = [f"{item.path}: {item.example}: {text}" for item in failed for text in item.differences]
    text = say(
        language,
        "sound: packs {packs} (programs {programs}), parameters {parameters} (dated values {values}), "
        "dated rules {rules}, overlays {overlays}",
        "检查通过：规则包 {packs} 个（其中项目 {programs} 个），参数 {parameters} 个（分日期数值 {values} 个），"
        "分日期规则 {rules} 条，方案 {overlays} 个",
    )
    lines.append(text.format(**counted))
    came_out = len(results) - len(failed)
    lines.append(
        say(
            language,
            f"worked examples: {came_out} of {len(results)} come out as expected",
            f"算例 {len(results)} 个，相符 {came_out} 个",
        )
    )
    return lines


def _warned(item: aid.Problem, language: str) -> str:
    return say(language, f"warning: {item.located('en')}", f"提示：{item.located('zh')}")


def _data(result: ExampleResult) -> dict[str, object]:
    return {
        "example": result.example,
        "program": result.program,
        "file": result.path,
        "differences": list(result.differences),
    }
