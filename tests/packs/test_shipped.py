"""The shipped packs: their worked examples, and what a lawyer and a clerk may ask of every rule, value and text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.read_values import cited_sources
from civil_aid_rules.errors import EvaluationError
from civil_aid_rules.packs.blocks import Block, Text
from civil_aid_rules.packs.locate import shipped_rules
from civil_aid_rules.packs.models import ExampleBlock
from civil_aid_rules.quantities.days import read_day
from civil_aid_rules.records.household import Household
from civil_aid_rules.rulebook import Rulebook
from civil_aid_rules.testing.examples import ExampleResult, read_examples, run_examples
from tests.packs.pack_mutants import CALENDAR, REFUSED, days_of

PROGRAMS = ("urban_dibao", "rural_dibao")
LEFT_TO_THE_PROGRAMS = {
    "standard",
    "average_top_up",
    "is_recipient",
    "is_disregarded",
    "tier_amounts",
    "frequent_review",
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="module")
def results(rulebook: Rulebook) -> tuple[ExampleResult, ...]:
    return run_examples(rulebook)


@pytest.fixture(scope="module")
def examples() -> list[tuple[Path, ExampleBlock]]:
    paths = sorted(shipped_rules().rglob("examples/*.yaml"))
    return [(path, block) for path in paths for block, _ in read_examples(path, path.name)]


# --- worked examples --------------------------------------------------------------------------------------------------


def test_every_worked_example_comes_out(results: tuple[ExampleResult, ...]) -> None:
    assert {result.example: result.differences for result in results if not result.passed} == {}


def test_no_two_worked_examples_have_one_name(examples: list[tuple[Path, ExampleBlock]]) -> None:
    names = [str(block.example) for _, block in examples]
    assert sorted(names) == sorted(set(names))


def test_every_worked_example_has_its_source_and_its_sum(examples: list[tuple[Path, ExampleBlock]]) -> None:
    lacking = [str(block.example) for _, block in examples if "By hand" not in str(block.source)]
    assert lacking == []


@pytest.mark.parametrize("example", ["T01", "T02", "T03", "T05", "T06", "T07", "T09", "T10", "T11", "T12"])
def test_the_worked_examples_are_there_at_the_values_of_both_years(
    example: str, examples: list[tuple[Path, ExampleBlock]]
) -> None:
    days = [
        str(block.on) for _, block in examples if re.search(rf"worked examples?\b.*\b{example}\b", str(block.source))
    ]
    assert {day[:4] for day in days} >= {"2015", "2016"}


def test_an_ordinary_record_fits_on_fifteen_lines(examples: list[tuple[Path, ExampleBlock]]) -> None:
    path = shipped_rules() / "urban_dibao" / "examples" / "worked.yaml"
    text = path.read_text(encoding="utf-8").split("- example: ")[1]
    record = text[text.index("  record:") : text.index("  expect:")]
    assert len(record.strip().splitlines()) <= 15


# --- what is asked of the law -----------------------------------------------------------------------------------------

VALUES = [
    ("urban_dibao", "standard", "2015-01-01", "450", "2015-01-01"),
    ("urban_dibao", "standard", "2016-01-01", "480", "2016-02-19"),
    ("urban_dibao", "average_top_up", "2015-01-01", "290", "2015-01-01"),
    ("urban_dibao", "average_top_up", "2016-01-01", "320", "2016-02-19"),
    ("rural_dibao", "standard", "2015-01-01", "240", "2015-01-01"),
    ("rural_dibao", "standard", "2016-01-01", "270", "2016-02-19"),
    ("rural_dibao", "average_top_up", "2015-01-01", "165", "2015-01-01"),
    ("rural_dibao", "average_top_up", "2016-01-01", "195", "2016-02-19"),
]


def test_the_values_of_the_source_document_are_the_only_ones(rulebook: Rulebook) -> None:
    """城市 450 to 480 and 290 to 320; 农村 240 to 270 and 165 to 195: as the source document has them."""
    found = [
        (program, name, str(value.from_), str(value.value), str(value.published))
        for program in PROGRAMS
        for name in ("standard", "average_top_up")
        for value in rulebook.packs.packs[program].parameters[name].block.values
    ]
    assert found == VALUES


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_value_is_the_source_documents_and_says_where_day_and_unit_come_from(
    program: str, rulebook: Rulebook
) -> None:
    for name in ("standard", "average_top_up"):
        for value in rulebook.evaluator(program, on="2016-04-01").compiled.parameters:
            if value.key == f"{program}.{name}":
                assert {item.kind for item in value.citations} == {"source_document"}
                assert "assumption" in {item.kind for item in value.from_citations}
                assert {item.kind for item in value.published_citations} == {"source_document"}
                assert {item.kind for item in value.unit_citations} == {"practice"}


def test_the_law_changes_on_these_days_only(rulebook: Rulebook) -> None:
    assert days_of(rulebook) == set(CALENDAR)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(("on", "known_on"), REFUSED)
def test_no_answer_is_given_for_a_day_without_a_known_standard(
    program: str, on: str, known_on: str | None, rulebook: Rulebook
) -> None:
    with pytest.raises(EvaluationError):
        rulebook.evaluator(program, on=on, known_on=known_on)


def test_no_value_and_no_rule_begins_before_a_law_that_it_cites(rulebook: Rulebook) -> None:
    packs = rulebook.packs.packs
    sources = {name: source for pack in packs.values() for name, source in pack.block.sources.items()}
    begun = [
        (f"{pack.name}.{name}", read_day(value.from_), value.cite)
        for pack in packs.values()
        for name, entry in pack.parameters.items()
        for value in entry.block.values
    ] + [
        (f"{pack.name}.{name}", version.from_date, version.block.cite)
        for pack in packs.values()
        for name, versions in pack.rules.items()
        for version in versions
    ]
    early = [
        name
        for name, day, cite in begun
        for source in cited_sources(cite, sources)
        if source.kind == "law" and source.in_force is not None and _day(source.in_force) > (day or datetime.date.min)
    ]
    assert len(begun) > 70
    assert early == []


def _day(text: Text) -> datetime.date:
    day = read_day(text)
    assert day is not None
    return day


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_asset_rule_rests_on_220_article_4_and_order_649_articles_9_and_10(
    program: str, rulebook: Rulebook
) -> None:
    compiled = rulebook.compile(program, on="2016-04-01")
    cited = {
        (item.source, item.article)
        for rule in compiled.rules
        if rule.key == f"{program}.assets_within_limit"
        for item in rule.citations
    }
    assert cited == {("order_649", "art. 9"), ("order_649", "art. 10"), ("measures_2012", "art. 4")}


def test_no_expression_of_the_packs_writes_a_number_but_zero_and_one() -> None:
    """Amounts, ages, periods and the months of a year are parameters or functions, never figures in a formula."""
    found = []
    for path in sorted(shipped_rules().glob("*/rules/*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for expression in re.findall(r"\b(?:is|if|else|when|flag|then): ('[^']*'|[^,}]*)", line):
                figures = set(re.findall(r"(?<![\w.-])\d+", expression)) - {"0", "1"}
                found += [f"{path.parent.parent.name}:{number}: {expression}"] if figures else []
    assert found == []


# --- what the packs share ---------------------------------------------------------------------------------------------


def test_urban_and_rural_dibao_share_their_rules_and_repeat_none(rulebook: Rulebook) -> None:
    urban, rural, shared = (rulebook.packs.packs[name] for name in (*PROGRAMS, "dibao"))
    both = (set(urban.rules) | set(urban.parameters)) & (set(rural.rules) | set(rural.parameters))
    assert both == LEFT_TO_THE_PROGRAMS == set(shared.block.requires)
    for name in both & set(urban.rules):
        one, other = urban.rules[name][0].block, rural.rules[name][0].block
        assert (one.title, one.say) != (other.title, other.say), name
    assert not (set(urban.rules) | set(rural.rules)) & set(shared.rules)


# --- settled readings -------------------------------------------------------------------------------------------------

THREE = """{"members": [
  {"id": "m1", "relation": "head", "registration": "non_agricultural", "lives_with_family": true, "exclusions": [],
   "income": [{"kind": "wages", "amount": "900", "period": "month", "start": "2014-07-01", "provenance": "evidenced"}]}
]}"""


def test_while_no_limit_is_set_the_finding_or_the_limit_with_the_assets_would_settle_it(rulebook: Rulebook) -> None:
    household = Household.from_json(THREE.replace('"900"', '"100"'))
    determination = rulebook.evaluator("urban_dibao", on="2016-04-01").determine(household)
    assert determination.status == "undetermined"
    assert [set(group) for group in determination.alternatives] == [
        {"$.asset_finding"},
        {"$.assets", "urban_dibao.asset_limit"},
    ]
    assert {item.name: item.set_by for item in determination.missing if item.kind == "parameter"} == {
        "urban_dibao.asset_limit": ("province", "city")
    }


@pytest.mark.parametrize("overlay", ["flat_top_up", "tiered"])
def test_other_readings_of_the_payment_say_that_the_average_is_no_entitlement(overlay: str, rulebook: Rulebook) -> None:
    block = rulebook.packs.overlays[overlay]
    assert block.kind == "scenario" and block.notice is not None
    assert "月人均补助水平是考核指标，不是个人应发标准" in block.notice.zh
    household = Household.from_json(THREE.replace('"900"', '"100"'))
    determination = rulebook.with_overlay(overlay).evaluator("urban_dibao", on="2016-04-01").determine(household)
    assert any(block.notice.zh in notice.zh for notice in determination.notices)


# --- texts ------------------------------------------------------------------------------------------------------------


def _texts(block: object) -> Iterator[Bilingual]:
    if isinstance(block, Bilingual):
        yield block
    elif isinstance(block, Block):
        for name in type(block).model_fields:
            yield from _texts(getattr(block, name))
    elif isinstance(block, dict):
        for value in block.values():
            yield from _texts(value)
    elif isinstance(block, list):
        for value in block:
            yield from _texts(value)


def _all_texts(rulebook: Rulebook, examples: list[tuple[Path, ExampleBlock]]) -> list[Bilingual]:
    packs = rulebook.packs.packs.values()
    blocks: list[object] = [pack.block for pack in packs]
    blocks += [entry.block for pack in packs for entry in pack.parameters.values()]
    blocks += [pack.notices for pack in packs]
    blocks += [version.block for pack in packs for versions in pack.rules.values() for version in versions]
    blocks += [*rulebook.packs.overlays.values(), *(block for _, block in examples)]
    return [text for block in blocks for text in _texts(block)]


def test_a_chinese_text_is_chinese_and_an_english_one_is_english(
    rulebook: Rulebook, examples: list[tuple[Path, ExampleBlock]]
) -> None:
    """A clerk who reads only Chinese meets no English word; English keeps the numbers and names of instruments."""
    texts = _all_texts(rulebook, examples)
    assert len(texts) > 400
    chinese = [re.sub(r"\{(program|within)\}", "", text.zh) for text in texts]
    assert [text for text in chinese if re.search(r"[A-Za-z]{2}", text) or not re.search("[一-鿿]", text)] == []
    english = [re.sub("月人均补助水平", "", text.en) for text in texts]
    assert [text for text in english if re.search("[一-鿿]", text)] == []
