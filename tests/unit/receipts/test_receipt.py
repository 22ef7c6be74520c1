"""A receipt: what it holds, its one canonical form, how strictly it is read, and that it shows nobody's data."""

from __future__ import annotations

import datetime
import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest

from civil_aid_rules.determination import Determination
from civil_aid_rules.digests import digest
from civil_aid_rules.error_texts import ERROR_TEXTS
from civil_aid_rules.error_texts.receipts import RECEIPT_TEXTS
from civil_aid_rules.errors import ReceiptError
from civil_aid_rules.packs.scenario import Scenario
from civil_aid_rules.receipts.receipt import Receipt
from civil_aid_rules.records.household import Household
from tests.unit.receipts.islandia import PROGRAM, hearth, islandia, receipt
from tests.unit.receipts.worked import THREE, urban_dibao

ROOT = Path(__file__).parents[3]
STRICT_JSON = ROOT / "src" / "civil_aid_rules" / "records" / "strict_json.py"


@pytest.fixture(scope="module")
def kept() -> Receipt:
    """Worked example T01, with a name and a document number on the record."""
    evaluator = urban_dibao().evaluator("urban_dibao", on="2016-04-01", known_on="2016-04-18")
    return evaluator.determine(Household.from_json(THREE)).receipt(decided_at="2016-04-18")


def faults(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(ReceiptError) as caught:
        Receipt.from_json(text)
    return [(item.code, str(item.at)) for item in caught.value.problems]


def changed(kept: Receipt, path: list[str | int], value: Any) -> str:
    """The receipt's JSON with the value at `path` replaced."""
    data = json.loads(kept.to_json())
    here = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return json.dumps(data, ensure_ascii=False)


# What it holds.


def test_a_receipt_holds_the_record_the_result_and_the_days(kept: Receipt) -> None:
    assert kept.decided_at == datetime.date(2016, 4, 18)
    assert (str(kept.on), str(kept.known_on), kept.program, kept.jurisdiction) == (
        "2016-04-01",
        "2016-04-18",
        "urban_dibao",
        None,
    )
    assert kept.record == Household.from_json(THREE).canonical()
    assert kept.record_digest == digest(Household.from_json(THREE).canonical())
    assert str(kept.result.payment and kept.result.payment.amount) == "540.00"


def test_a_receipt_holds_a_digest_of_each_value_and_rule_used(kept: Receipt) -> None:
    standard = next(value for value in kept.values if value.key == "urban_dibao.standard")
    assert (standard.value, str(standard.from_date), str(standard.published)) == ("480", "2016-01-01", "2016-02-19")
    digests = [kept.program_digest, standard.digest, *(rule.digest for rule in kept.rules)]
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", item) for item in digests)
    assert "urban_dibao.monthly_payment" in {rule.key for rule in kept.rules}


def test_a_receipt_holds_a_digest_of_each_fact_of_the_record(kept: Receipt) -> None:
    assert kept.record_fields["$.members[0].income[0].amount"] == digest(["$.members[0].income[0].amount", "900.00"])
    assert kept.record_fields["$.members[1].income"] == digest(["$.members[1].income", "[]"])
    assert "$.members[0].birth_date" not in kept.record_fields


def test_a_receipt_holds_the_overlays_in_full() -> None:
    local = receipt(jurisdiction="skerry")
    assert [item["overlay"] for item in local.overlays] == ["skerry_council"]
    assert local.overlays[0]["parameters"]["hearth_benefit.island_limit"]["values"][0]["value"] == "180"  # type: ignore[index, call-overload]
    what_if = receipt(rulebook=islandia().with_overlay(Scenario({"hearth_benefit.taper": "0.10"})))
    assert what_if.overlays[0]["parameters"] == {"hearth_benefit.taper": "0.10"}
    assert what_if.hypothetical and not local.hypothetical


def test_the_day_of_the_decision_is_the_callers_and_never_the_clocks() -> None:
    assert receipt().decided_at is None
    assert receipt(decided_at="2012-05-10").decided_at == datetime.date(2012, 5, 10)
    assert receipt(decided_at="2012-05-10") != receipt()


@pytest.mark.parametrize("day", ["2016-02-30", "18.4.2016", "", datetime.datetime(2016, 4, 18, 9)])
def test_a_decision_on_no_day_is_an_error(day: str) -> None:
    determination = islandia().evaluator(PROGRAM, on="2012-05-01").determine(hearth())
    with pytest.raises(ReceiptError) as caught:
        determination.receipt(decided_at=day)
    assert caught.value.code == "receipt-day"


# One canonical form.


def test_a_receipt_comes_back_equal_from_its_json_and_gives_the_same_bytes(kept: Receipt) -> None:
    again = Receipt.from_json(kept.to_json())
    assert again == kept
    assert again.to_json() == kept.to_json()
    assert again.is_intact
    assert "\n" not in kept.to_json()


def test_the_same_determination_gives_the_same_receipt() -> None:
    assert receipt(decided_at="2012-05-10").to_json() == receipt(decided_at="2012-05-10").to_json()


def test_the_json_has_the_same_keys_each_time(kept: Receipt) -> None:
    keys = ["decided_at", "digest", "format", "overlays", "record", "record_fields", "result", "rulebook_packs"]
    assert list(json.loads(kept.to_json())) == keys == list(json.loads(receipt().to_json()))


def test_a_receipt_survives_pickling(kept: Receipt) -> None:
    assert pickle.loads(pickle.dumps(kept)) == kept
    assert hash(pickle.loads(pickle.dumps(kept))) == hash(kept)


def test_a_receipt_that_was_written_with_other_spaces_and_order_is_the_same(kept: Receipt) -> None:
    data = json.loads(kept.to_json())
    text = json.dumps(dict(reversed(data.items())), indent=2, ensure_ascii=True)
    assert Receipt.from_json(text) == kept
    assert Receipt.from_json(text.encode("utf-8")).is_intact


def test_an_edited_receipt_is_noticed(kept: Receipt) -> None:
    edited = Receipt.from_json(changed(kept, ["result", "payment", "amount"], "640.00"))
    assert not edited.is_intact
    assert not Receipt.from_json(changed(kept, ["decided_at"], None)).is_intact


# Strictly read.


def test_a_duplicate_key_is_refused(kept: Receipt) -> None:
    text = kept.to_json().replace('"decided_at":', '"decided_at":"2016-05-01","decided_at":', 1)
    assert faults(text) == [("receipt-duplicate-key", "$.decided_at")]


def test_a_number_that_is_not_whole_is_refused_also_inside_the_record(kept: Receipt) -> None:
    assert faults(changed(kept, ["record", "members", 0, "income", 0, "amount"], 900.5)) == [
        ("receipt-float", "$.record.members[0].income[0].amount")
    ]
    assert faults(changed(kept, ["result", "payment", "amount"], 540.0)) == [
        ("receipt-float", "$.result.payment.amount")
    ]


def test_what_is_no_number_is_refused(kept: Receipt) -> None:
    assert faults(changed(kept, ["record", "assets"], [float("nan")])) == [
        ("receipt-not-a-number", "$.record.assets[0]")
    ]


def test_unknown_and_missing_fields_are_refused(kept: Receipt) -> None:
    data = json.loads(kept.to_json())
    del data["overlays"], data["result"]["status"]
    data["result"]["approved_by"] = "nobody"
    data["decided"] = None
    assert sorted(faults(json.dumps(data))) == [
        ("receipt-missing-field", "$.overlays"),
        ("receipt-missing-field", "$.result.status"),
        ("receipt-unknown-field", "$.decided"),
        ("receipt-unknown-field", "$.result.approved_by"),
    ]


def test_an_unknown_field_of_the_receipt_gets_a_hint(kept: Receipt) -> None:
    data = json.loads(kept.to_json())
    data["decided_on"] = data.pop("decided_at")
    with pytest.raises(ReceiptError, match="did you mean decided_at"):
        Receipt.from_json(json.dumps(data))


@pytest.mark.parametrize("amount", ["540", "540.0", "540.000", "5.4e2", "٥٤٠.٠٠", " 540.00", "NaN", "1475/3"])
def test_an_amount_that_is_not_in_whole_fen_is_refused(kept: Receipt, amount: str) -> None:
    assert faults(changed(kept, ["result", "payment", "amount"], amount)) == [
        ("receipt-value", "$.result.payment.amount")
    ]


@pytest.mark.parametrize("day", ["2016-4-1", "2016-04-01T00:00:00", "20160401", 1459468800])
def test_a_day_that_is_written_otherwise_is_refused(kept: Receipt, day: str) -> None:
    assert faults(changed(kept, ["result", "on"], day)) == [("receipt-value", "$.result.on")]


def test_a_status_that_does_not_exist_is_refused(kept: Receipt) -> None:
    assert faults(changed(kept, ["result", "status"], "approved")) == [("receipt-value", "$.result.status")]


def test_a_receipt_of_a_later_format_says_so(kept: Receipt) -> None:
    text = changed(kept, ["format"], "civil-aid-receipt/2")
    assert faults(text) == [("receipt-format", "$.format")]
    with pytest.raises(ReceiptError, match="a newer civil_aid_rules"):
        Receipt.from_json(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "receipt-syntax"),
        ("receipt.json", "receipt-syntax"),
        ("[]", "receipt-value"),
        ("null", "receipt-value"),
        ("{" * 70 + "}" * 70, "receipt-depth"),
        (b"\xff\xfe", "receipt-encoding"),
        ('{"a": "\\ud800"}', "receipt-text"),
        ("\ufeff{}", "receipt-mark"),
        (" " * (16 * 1024 * 1024 + 1), "receipt-too-large"),
        ('{"a": -0}', "receipt-number"),
        ('{"a": 1234567890123456789}', "receipt-long-number"),
    ],
)
def test_what_is_no_receipt_at_all_is_one_error(text: str | bytes, code: str) -> None:
    assert code in {found for found, _ in faults(text)}


def test_pydantics_own_reader_is_as_strict(kept: Receipt) -> None:
    text = kept.to_json().replace('"decided_at":', '"decided_at":"2016-05-01","decided_at":', 1)
    with pytest.raises(ReceiptError):
        Receipt.model_validate_json(text)
    assert Receipt.model_validate_json(kept.to_json()) == kept


def test_every_fault_that_the_json_reader_can_find_has_a_sentence_for_receipts() -> None:
    codes = re.findall(r'"record-([a-z-]+)"', STRICT_JSON.read_text(encoding="utf-8"))
    assert codes and [code for code in codes if f"receipt-{code}" not in ERROR_TEXTS] == []


def test_every_code_of_receipts_has_a_section_in_the_reference_and_no_other_has() -> None:
    page = ROOT / "docs" / "reference" / "errors" / "receipts.md"
    assert re.findall(r"^## (\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE) == list(RECEIPT_TEXTS)


# Files.


def test_a_file_of_receipts_has_one_on_each_line(tmp_path: Path, kept: Receipt) -> None:
    path = tmp_path / "ledger.jsonl"
    broken = changed(kept, ["result", "status"], "approved").replace("\n", "")
    path.write_text(f"{kept.to_json()}\n\n{broken}\n{receipt().to_json()}\n", encoding="utf-8")
    first, second, third = Receipt.load_all(path)
    assert first == kept and third == receipt()
    assert isinstance(second, ReceiptError)
    assert [str(item.at) for item in second.problems] == ["line 3: $.result.status"]


def test_a_receipt_is_read_from_its_file(tmp_path: Path, kept: Receipt) -> None:
    (tmp_path / "receipt.json").write_text(kept.to_json(), encoding="utf-8")
    assert Receipt.load(tmp_path / "receipt.json") == kept
    with pytest.raises(ReceiptError) as caught:
        Receipt.load(tmp_path / "none.json")
    assert caught.value.code == "receipt-file"


# Nobody's data is shown.


def test_no_name_or_number_of_a_person_appears_when_a_receipt_is_printed(kept: Receipt) -> None:
    shown = [repr(kept), str(kept), f"{kept}", repr([kept]), repr({"receipt": kept}), str(list(kept.__repr_args__()))]
    assert [text for text in shown if "张三" in text or "110101199001011234" in text or "900" in text] == []
    assert "540.00" in str(kept)


def test_no_name_or_number_of_a_person_appears_in_an_error(kept: Receipt) -> None:
    data = json.loads(kept.to_json())
    data["record"]["members"][0]["name"] = ["张三"]
    data["record"]["members"][0]["income"][0]["amount"] = 900.25
    data["record"] = {"members": data["record"]["members"], "张三": 1}
    with pytest.raises(ReceiptError) as caught:
        Receipt.from_json(json.dumps(data, ensure_ascii=False))
    text = caught.value.text() + caught.value.text("zh") + repr(caught.value)
    assert "张三" not in text and "110101199001011234" not in text
    assert caught.value.__cause__ is None and caught.value.__context__ is None


def test_a_receipt_made_by_hand_must_be_canonical(kept: Receipt) -> None:
    fields = {name: getattr(kept, name) for name in Receipt.model_fields}
    assert Receipt(**fields) == kept
    with pytest.raises(ValueError) as caught:
        Receipt(**{**fields, "record": {"income": 900.5}})
    assert "900.5" not in str(caught.value)


# Without a record.


def test_a_result_read_back_has_no_receipt() -> None:
    determination = islandia().evaluator(PROGRAM, on="2012-05-01").determine(hearth())
    with pytest.raises(ReceiptError) as caught:
        Determination.model_validate_json(determination.to_json()).receipt()
    assert caught.value.code == "result-without-record"
