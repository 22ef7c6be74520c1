"""docs/reference/pack_format.md: every key of every block is explained, and its examples are valid blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from civil_aid_rules.packs import models, notice_models
from civil_aid_rules.packs.blocks import Block as PackBlock
from civil_aid_rules.packs.blocks import to_data
from civil_aid_rules.packs.models import ExampleBlock, OverlayBlock, ParameterBlock, ProgramBlock, RuleBlock
from civil_aid_rules.packs.notice_models import NoticesBlock
from civil_aid_rules.packs.validate import validate
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source import Mapping, read_yaml_file
from tests.docs.pages import REFERENCE, Block, blocks_of, code_in, section_of, tables_in

PAGE = REFERENCE / "pack_format.md"
SECTIONS: dict[type[PackBlock], str] = {
    models.ReasonedCitation: "Citations",
    models.SourceBlock: "program.yaml",
    models.AgeRuleBlock: "program.yaml",
    models.RequirementBlock: "program.yaml",
    models.OutcomeBlock: "program.yaml",
    models.ProcedureBlock: "program.yaml",
    models.RelationBlock: "program.yaml",
    models.ScheduleBlock: "program.yaml",
    models.RollBlock: "program.yaml",
    models.ProgramBlock: "program.yaml",
    models.BandBlock: "parameters.yaml",
    models.BracketBlock: "parameters.yaml",
    models.EachFurtherBlock: "parameters.yaml",
    models.ValueBlock: "parameters.yaml",
    models.CalendarBlock: "parameters.yaml",
    models.ParameterBlock: "parameters.yaml",
    models.RoundBlock: "rules/DATE.yaml",
    models.IfUnknownBlock: "rules/DATE.yaml",
    models.CaseBlock: "rules/DATE.yaml",
    models.ExceptionBlock: "rules/DATE.yaml",
    models.ConditionBlock: "rules/DATE.yaml",
    models.LineBlock: "rules/DATE.yaml",
    models.RowBlock: "rules/DATE.yaml",
    models.DecisionBlock: "rules/DATE.yaml",
    models.OptionBlock: "rules/DATE.yaml",
    models.ChooseBlock: "rules/DATE.yaml",
    models.PickBlock: "rules/DATE.yaml",
    models.RankBlock: "rules/DATE.yaml",
    models.RuleBlock: "rules/DATE.yaml",
    models.ExampleBlock: "examples/NAME.yaml",
    models.ExpectBlock: "examples/NAME.yaml",
    models.IssuerBlock: "overlays/NAME.yaml",
    models.OverlayValuesBlock: "overlays/NAME.yaml",
    models.OverlayBlock: "overlays/NAME.yaml",
}


def block_models() -> list[type[PackBlock]]:
    """Every block that a pack file can have."""
    modules = (models, notice_models)
    held = {item: None for module in modules for item in vars(module).values() if isinstance(item, type)}
    names = {module.__name__ for module in modules}
    return [item for item in held if issubclass(item, PackBlock) and item.__module__ in names]


@pytest.mark.parametrize("model", block_models(), ids=lambda model: model.__name__)
def test_every_key_of_a_block_is_in_its_section(model: type[PackBlock]) -> None:
    """As code, not as a word of a sentence."""
    text = section_of(PAGE, SECTIONS.get(model, "notices.yaml"))
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL))
    words = set(re.findall(r"\w+", code))
    keys = [field.alias or name for name, field in model.model_fields.items() if not field.exclude]
    assert [key for key in keys if key not in words] == []


def test_every_key_of_the_tables_is_one_of_a_block_of_their_section() -> None:
    for section in dict.fromkeys(SECTIONS.values()):
        here = [model for model, name in SECTIONS.items() if name == section]
        known = {field.alias or name for model in here for name, field in model.model_fields.items()}
        tables = [t for t in tables_in(section_of(PAGE, section)) if t[0][0].startswith(("key", "form"))]
        named = [code.partition(":")[0] for table in tables for row in table[1:] for code in code_in(row[0])]
        assert [key for key in named if key not in known] == [], section
        assert named or section == "Citations"


def examples() -> list[Block]:
    return [block for block in blocks_of(PAGE) if block.language == "yaml"]


@pytest.mark.parametrize("block", examples(), ids=lambda block: block.where)
def test_each_example_is_a_valid_block(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(block.text, encoding="utf-8")
    node, problems = read_yaml_file(path, shown_as=block.where)
    assert not problems
    assert isinstance(node, Mapping)
    faults = [fault for model, part in _blocks(node) for fault in _faults(model, to_data(part), part.at)]
    assert [str(fault) for fault in faults] == []


def _faults(model: type[PackBlock], data: object, at: SourceSpan) -> tuple[object, ...]:
    found = validate(model, data, at)
    return found if isinstance(found, tuple) else ()


def _blocks(node: Mapping) -> Iterator[tuple[type[PackBlock], Mapping]]:
    """The blocks that an example shows: one by its first key, or named parameters or rules."""
    whole: dict[str, type[PackBlock]] = {
        "program": ProgramBlock,
        "overlay": OverlayBlock,
        "example": ExampleBlock,
        "office": NoticesBlock,
    }
    first = node.entries[0][0].text
    if first in whole:
        yield whole[first], node
        return
    for _, value in node.entries:
        assert isinstance(value, Mapping)
        keys = {key.text for key, _ in value.entries}
        yield ParameterBlock if "values" in keys else RuleBlock, value
