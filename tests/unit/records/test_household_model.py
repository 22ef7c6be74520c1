"""The shipped record models: what they hold, what absence means; nothing in them computes what a law defines."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from civil_aid_rules.digests import digest
from civil_aid_rules.errors import RecordError
from civil_aid_rules.facts.vocabulary import read_vocabulary
from civil_aid_rules.quantities.fields import ChoiceTitles, Entry, Fact, Note, Private
from civil_aid_rules.records.circumstances import Disability, RegularRecipient
from civil_aid_rules.records.fields import choices, entry_annotation, model_of
from civil_aid_rules.records.finances import Asset, IncomeItem
from civil_aid_rules.records.hardship import Hardship
from civil_aid_rules.records.household import Household, Person
from civil_aid_rules.records.medical import Bill
from civil_aid_rules.records.record import Part, Record

RECORDS = Path(__file__).parents[2] / "records"


def models(model: type[BaseModel] = Household) -> Iterator[type[BaseModel]]:
    """The household and every model in it."""
    yield model
    for info in model.model_fields.values():
        inner = model_of(info.annotation)
        if inner is not None:
            yield from models(inner)


MODELS = sorted(set(models()), key=lambda model: model.__name__)
FIELDS = [(model, name, info) for model in MODELS for name, info in model.model_fields.items()]


def name_of(case: object) -> str:
    return case.__name__ if isinstance(case, type) else case if isinstance(case, str) else ""


def marker(info: FieldInfo) -> Fact | Entry | Note | Private:
    (found,) = [item for item in info.metadata if isinstance(item, Fact | Entry | Note | Private)]
    return found


# What the record must be able to say.


def test_the_record_holds_what_the_programs_need() -> None:
    assert {"jurisdiction", "members", "assets", "asset_finding", "asset_finding_rule"} <= set(Household.model_fields)
    assert {
        "id", "name", "document_number", "birth_date", "relation", "registration", "registered_in_town",
        "resident_since", "has_contracted_land", "shares_collective_income", "lives_with_family", "exclusions",
        "income", "disability", "severe_illness", "able_to_work", "in_schooling", "regular_recipient",
        "spouse", "guardian",
    } <= set(Person.model_fields)  # fmt: skip
    assert set(IncomeItem.model_fields) >= {"kind", "amount", "period", "start", "end", "provenance"}
    assert set(Asset.model_fields) >= {"kind", "value"}
    assert set(Disability.model_fields) == {"kind", "grade"}
    assert set(RegularRecipient.model_fields) == {"start", "end", "basis"}
    assert choices(IncomeItem.model_fields["provenance"].annotation) == ("evidenced", "declared", "averaged", "imputed")


@pytest.mark.parametrize(("model", "name", "info"), FIELDS, ids=name_of)
def test_every_field_has_titles_in_both_languages(model: type[BaseModel], name: str, info: FieldInfo) -> None:
    titles = marker(info)
    assert titles.en.isascii() and titles.en[0].isupper()
    assert not titles.zh.isascii()


@pytest.mark.parametrize(("model", "name", "info"), FIELDS, ids=name_of)
def test_every_choice_has_titles_in_both_languages(model: type[BaseModel], name: str, info: FieldInfo) -> None:
    held = [choice for choice in choices(info.annotation) if choice != "none"]
    titles = [item.titles for item in info.metadata if isinstance(item, ChoiceTitles)]
    assert [list(item) for item in titles] == ([held] if held else [])
    assert all(en.isascii() and zh and not zh.isascii() for item in titles for en, zh in item.values())


@pytest.mark.parametrize(("model", "name", "info"), FIELDS, ids=name_of)
def test_an_amount_has_a_unit_and_nothing_else_has(model: type[BaseModel], name: str, info: FieldInfo) -> None:
    paid = (
        "basic_paid",
        "critical_paid",
        "supplementary_paid",
        "charity_paid",
        "aid_used_before",
        "paid_by_other_aid",
        "yearly_income",
    )
    is_amount = name in ("amount", "value", "total", "out_of_policy", "spending", *paid)
    found = marker(info)
    unit = "CNY" if is_amount else "person" if name == "persons" else None
    assert (found.unit if isinstance(found, Fact) else None) == unit


@pytest.mark.parametrize(("model", "name", "info"), FIELDS, ids=name_of)
def test_no_field_but_an_id_is_required_and_none_has_a_default(
    model: type[BaseModel], name: str, info: FieldInfo
) -> None:
    assert info.is_required() == ((model, name) in ((Person, "id"), (Bill, "id"), (Hardship, "id")))
    assert info.is_required() or (info.default is None and info.default_factory is None)


@pytest.mark.parametrize(("model", "name", "info"), FIELDS, ids=name_of)
def test_absence_says_something_only_where_it_is_declared_with_a_reason(
    model: type[BaseModel], name: str, info: FieldInfo
) -> None:
    found = marker(info)
    says = isinstance(found, Fact) and found.absent == "none"
    expected = {
        "end", "due_not_received", "regular_recipient", "stopped_share", "included_as_group",
        "lacks_capacity_by_local_rule", "in_orphan_scheme", "streamlined_worker", "died_on",
        "applied_on", "failed_check", "contested_appraisal", "objection", "refusal", "stop",
        "in_secondary_schooling", "objection_on",
    }  # fmt: skip
    assert says == (name in expected)
    assert not says or (isinstance(found, Fact) and found.cite)


def test_no_list_has_a_default_and_each_has_a_limit() -> None:
    lists = {(model.__name__, name): info for model, name, info in FIELDS if entry_annotation(info.annotation)}
    assert sorted(lists) == [
        ("Household", "assets"), ("Household", "bills"), ("Household", "hardships"), ("Household", "members"),
        ("Household", "support_applications"),
        ("Person", "exclusions"), ("Person", "income"), ("Person", "support_spells"), ("Person", "supporters"),
    ]  # fmt: skip
    limits = {name: found.limit for (_, name), info in lists.items() if isinstance(found := marker(info), Entry)}
    assert limits == {
        "assets": 200, "members": 100, "exclusions": 20, "income": 200, "bills": 100, "hardships": 20,
        "support_spells": 60, "supporters": 20, "support_applications": 20,
    }  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_nothing_in_a_model_computes_what_a_law_defines(model: type[BaseModel]) -> None:
    assert not model.model_computed_fields
    own = [name for name, value in vars(model).items() if isinstance(value, property) or inspect.isfunction(value)]
    assert set(own) <= {"__hash__", "__repr__", "__str__"}
    decorators = model.__pydantic_decorators__
    assert not decorators.field_validators and not decorators.validators and not decorators.root_validators
    assert set(decorators.model_validators) <= {"_structure_is_sound"}


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_every_model_is_strict_and_frozen_and_knows_no_other_field(model: type[BaseModel]) -> None:
    assert issubclass(model, Part)
    config = model.model_config
    assert (config["strict"], config["frozen"], config["extra"]) == (True, True, "forbid")
    assert config["hide_input_in_errors"] is True


def test_rules_can_name_neither_names_nor_document_numbers_nor_notes() -> None:
    facts = read_vocabulary(Household).scopes["members"].facts
    assert {"birth_date", "disability.grade", "regular_recipient.start"} <= set(facts)
    assert not {"id", "name", "document_number", "regular_recipient.basis"} & set(facts)


# A family, as a clerk writes it.


@pytest.mark.parametrize("name", ["family.yaml", "family.json"])
def test_the_record_of_an_ordinary_family_fits_on_15_lines(name: str) -> None:
    lines = (RECORDS / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 15
    assert max(len(line) for line in lines) <= 120


def test_the_same_family_in_yaml_and_json_is_the_same_record() -> None:
    yaml, json = Household.load(RECORDS / "family.yaml"), Household.load(RECORDS / "family.json")
    assert yaml == json
    assert hash(yaml) == hash(json)
    assert digest(yaml.canonical()) == digest(json.canonical())


# Objects built in Python.


def built(**more: object) -> Household:
    """A household built in Python."""
    item = IncomeItem(kind="wages", amount=Decimal("900.5"), period="month")
    return Household.model_validate({"members": [Person(id="a", name="张三", income=[item])], **more})


def test_objects_built_in_python_may_use_lists_and_keep_tuples() -> None:
    record = Household(members=[Person(id="a", income=[]), Person(id="b", income=())], assets=[])
    assert record.members is not None
    assert isinstance(record.members, tuple) and record.members[0].income == () and record.assets == ()


def test_a_record_cannot_be_changed() -> None:
    record = built()
    with pytest.raises(ValidationError):
        setattr(record, "assets", [])  # noqa: B010
    assert record.members is not None
    with pytest.raises(ValidationError):
        setattr(record.members[0], "able_to_work", True)  # noqa: B010
    with pytest.raises(AttributeError):
        record.members.append(Person(id="b"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "amount", [900.5, 1e3, float("nan"), "1e3", Decimal("0.001"), Decimal("NaN"), -1, True, 10**11]
)
def test_an_amount_in_python_is_as_strict_as_in_json(amount: object) -> None:
    with pytest.raises(ValidationError) as caught:
        IncomeItem.model_validate({"amount": amount})
    assert [item["type"] for item in caught.value.errors()] == ["money"]


@pytest.mark.parametrize("digits", [41, 5000])
def test_a_decimal_or_whole_number_without_end_is_refused_quickly(digits: int) -> None:
    for amount in (
        Decimal("0." + "0" * digits + "1"),
        Decimal("1" + "0" * digits),
        10**digits,
        Decimal(f"1E+{digits}"),
    ):
        with pytest.raises(ValidationError) as caught:
            IncomeItem.model_validate({"amount": amount})
        assert [item["type"] for item in caught.value.errors()] == ["money"]


@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        (Decimal("900"), "900.00"),
        (Decimal("9E+2"), "900.00"),
        (Decimal("900.500"), "900.50"),
        (Decimal("0E-9"), "0.00"),
        (Decimal("-0"), "0.00"),
        (900, "900.00"),
    ],
)
def test_a_decimal_keeps_its_value_with_two_decimals(amount: object, kept: str) -> None:
    assert str(IncomeItem.model_validate({"amount": amount}).amount) == kept


def test_ids_and_references_are_checked_in_python_too() -> None:
    with pytest.raises(ValidationError, match=r"\$\.members\[1\]\.id: record-duplicate-id"):
        Household(members=[Person(id="a"), Person(id="a")])
    with pytest.raises(ValidationError, match=r"\$\.members\[0\]\.spouse: record-unknown-reference"):
        Household(members=[Person(id="a", spouse="b")])
    with pytest.raises(ValidationError, match=r"\$\.members: record-empty-list"):
        Household(members=[])


# Out and in.


def test_a_record_pickles_and_comes_back_equal() -> None:
    record = built(assets=[])
    assert pickle.loads(pickle.dumps(record)) == record


def test_json_out_and_in_gives_an_equal_record() -> None:
    record = built(assets=[])
    assert Household.from_json(record.model_dump_json()) == record
    assert Household.model_validate_json(record.model_dump_json()) == record
    assert Household.model_validate(record.model_dump(mode="json")) == record
    assert Household.model_validate(record.model_dump()) == record


@pytest.mark.parametrize("text", ['{"assets": [], "assets": []}', '{"assets": [{"value": 1.5}]}', '{"assets": NaN}'])
def test_pydantics_own_reader_is_as_strict_as_ours(text: str) -> None:
    for given in (text, text.encode(), bytearray(text.encode())):
        with pytest.raises(RecordError):
            Household.model_validate_json(given)


def test_the_canonical_form_has_two_decimals_and_leaves_out_what_is_unknown() -> None:
    assert built(assets=[], asset_finding=None).canonical() == {
        "members": [{"id": "a", "name": "张三", "income": [{"kind": "wages", "amount": "900.50", "period": "month"}]}],
        "assets": [],
    }


def test_the_digest_is_the_same_however_a_record_is_written() -> None:
    texts = [
        '{"assets": [{"kind": "house", "value": "900"}], "asset_finding": "within"}',
        '{"asset_finding": "within", "assets": [{"value": 900, "kind": "house"}]}',
        '{"asset_finding": "within", "members": null,'
        ' "assets": [{"value": "900.00", "kind": "house", "local_rule": null}]}',
        '{"asset_finding":"w\\u0069thin","assets":[{"value":"900.0","kind":"house"}]}',
    ]
    assert len({digest(Household.from_json(text).canonical()) for text in texts}) == 1


def test_what_is_known_to_be_none_has_another_digest_than_what_is_unknown() -> None:
    texts = ["{}", '{"assets": []}', '{"members": [{"id": "a"}]}', '{"members": [{"id": "a", "disability": "none"}]}']
    assert len({digest(Household.from_json(text).canonical()) for text in texts}) == len(texts)


def test_the_order_of_members_is_part_of_the_record() -> None:
    one, other = '{"members": [{"id": "a"}, {"id": "b"}]}', '{"members": [{"id": "b"}, {"id": "a"}]}'
    assert Household.from_json(one) != Household.from_json(other)


def test_a_record_model_of_ones_own_reads_in_the_same_way() -> None:
    class Boat(Part):
        id: str

    class Crew(Record):
        boats: list[Boat] | None = None

    assert Crew.from_json('{"boats": [{"id": "x"}]}') == Crew(boats=[Boat(id="x")])
