"""Amounts and days in every width that a column may have, at both ends: read exactly, or the row is refused."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from civil_aid_rules import Rulebook
from civil_aid_rules.evaluator import Evaluator

STANDARD = 480
MOST = 10**10
"""Yuan, the most that a record takes as one amount."""


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Rulebook.load(programs=["urban_dibao"]).evaluator("urban_dibao", on="2016-04-01")


def households(amounts: pa.Array, starts: pa.Array | None = None) -> pa.RecordBatch:
    """A single person for each amount, with wages of so much a month."""
    size = len(amounts)
    one = pa.array(range(size + 1), pa.int32())
    item = pa.StructArray.from_arrays(
        [
            amounts,
            pa.array(["wages"] * size),
            pa.array(["month"] * size),
            pa.array(["2014-07-01"] * size) if starts is None else starts,
        ],
        ["amount", "kind", "period", "start"],
    )
    person = pa.StructArray.from_arrays(
        [
            pa.ListArray.from_arrays(one, item),
            pa.array(["non_agricultural"] * size),
            pa.array([True] * size),
            pa.array(["head"] * size),
            pa.array([[]] * size, pa.list_(pa.struct([("kind", pa.string())]))),
        ],
        ["income", "registration", "lives_with_family", "relation", "exclusions"],
    )
    return pa.record_batch({"members": pa.ListArray.from_arrays(one, person), "asset_finding": ["within"] * size})


def expected(yuan: Decimal | int) -> Decimal | None:
    """What is paid; None: the row is refused."""
    if not 0 <= yuan <= MOST:
        return None
    return max(Decimal(0), STANDARD - Decimal(yuan)).quantize(Decimal("0.01"))


def paid(evaluator: Evaluator, batch: pa.RecordBatch) -> list[Decimal | None]:
    """What each row is paid; None where it is refused."""
    found = evaluator.determine_columns(batch)
    assert {row["field"] for row in found.rejects.to_pylist()} <= {
        "$.members[0].income[0].amount",
        "$.members[0].income[0].start",
    }
    amounts = {row["row"]: row["amount"] for row in found.determinations.to_pylist()}
    refused = found.rejects["row"].to_pylist()
    assert sorted([*amounts, *refused]) == list(range(batch.num_rows))
    return [amounts.get(row) for row in range(batch.num_rows)]


@pytest.mark.parametrize("bits", [8, 16, 32, 64])
@pytest.mark.parametrize("sign", ["int", "uint"])
def test_whole_yuan_of_every_width_at_both_ends(evaluator: Evaluator, sign: str, bits: int) -> None:
    kind = getattr(pa, f"{sign}{bits}")()
    least, most = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if sign == "int" else (0, 2**bits - 1)
    tried = [least, least + 1, 0, 1, 100, most - 1, most]
    if bits == 64:
        tried += [MOST, MOST + 1, 2**63 - 1]
        tried += [-MOST, -MOST - 1, -(2**62)] if sign == "int" else [2**63, 2**63 + 1]
    values: list[int | None] = [*tried, None]
    found = paid(evaluator, households(pa.array(values, kind)))
    assert found == [*(expected(value) for value in tried), None]
    # By hand, so that the figures above rest on more than their own formula: 480 - 100.
    assert found[4] == Decimal("380.00")


DECIMALS: dict[str, tuple[pa.DataType, list[str]]] = {
    "fen": (pa.decimal128(14, 2), ["0.01", "-0.01", "10000000000.00", "10000000000.01", "100.00"]),
    "38 digits": (pa.decimal128(38, 2), [f"{10**36 - 1}.99", f"-{10**36 - 1}.99", "184467440737095516.16", "100"]),
    "four decimals": (pa.decimal128(20, 4), ["1.0100", "1.0101", "100"]),
    "no decimals": (pa.decimal128(38, 0), [f"{10**38 - 1}", f"-{10**38 - 1}", "100"]),
    "32 bits": (pa.decimal32(9, 2), ["9999999.99", "-0.01", "100"]),
    "64 bits": (pa.decimal64(18, 3), ["1.001", "999999999999999.999", "100"]),
    "256 bits": (pa.decimal256(76, 2), [f"{10**74 - 1}.99", f"-{10**74 - 1}.99", "100"]),
    "76 digits": (pa.decimal256(76, 0), [f"{10**76 - 1}", f"-{10**76 - 1}", "100"]),
    "76 decimals": (pa.decimal256(76, 76), ["0." + "0" * 75 + "1", "0." + "4" + "9" * 75, "0.01", "0.5"]),
    "thousands": (pa.decimal128(5, -3), ["99999000", "1000", "0"]),
}


@pytest.mark.parametrize("name", DECIMALS)
def test_decimals_of_every_width_at_both_ends(evaluator: Evaluator, name: str) -> None:
    kind, texts = DECIMALS[name]
    values = [Decimal(text) for text in texts]
    if kind.scale < 0:  # Python gives Arrow no such decimals
        held = pa.array([value.scaleb(kind.scale) for value in values], pa.decimal128(kind.precision, 0))
        column = pa.Array.from_buffers(kind, len(values), held.buffers())
    else:
        column = pa.array(values, kind)
    is_fine = [value == value.quantize(Decimal("0.01")) if abs(value) < 10**20 else False for value in values]
    wanted = [expected(value) if fine else None for value, fine in zip(values, is_fine, strict=True)]
    assert paid(evaluator, households(column)) == wanted


MOMENTS: dict[str, tuple[pa.DataType, list[int]]] = {
    "s": (pa.timestamp("s"), [86_400 * (2**32 + 10), 86_400 * 2**31, 1]),
    "ms": (pa.timestamp("ms"), [86_400_000 * 2**32, 1]),
    "us": (pa.timestamp("us"), [86_400_000_000 * 10**6, 1]),
    "ns": (pa.timestamp("ns"), [1, 86_399_999_999_999]),
    "date64": (pa.date64(), [86_400_000 * 2**32, 1]),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_moments_at_both_ends_are_days_only_at_midnight(evaluator: Evaluator, name: str) -> None:
    kind, wrong = MOMENTS[name]
    day = int(
        pa.scalar(datetime.datetime(2014, 7, 1), kind if pa.types.is_timestamp(kind) else pa.timestamp("ms")).value
    )
    values: list[int | None] = [*wrong, -(2**63), 2**63 - 1, day]
    starts = pa.array(values, pa.int64()).view(kind)
    amounts = pa.array([100] * len(values))
    assert paid(evaluator, households(amounts, starts)) == [*[None] * (len(values) - 1), Decimal("380.00")]


def test_days_at_both_ends_refuse_their_rows(evaluator: Evaluator) -> None:
    days = [2**31 - 1, -(2**31), 10**7, -(10**7), 376_199, 376_200, -25_567, -25_568]  # 2999-12-31, 1900-01-01
    starts = pa.array(days, pa.int32()).view(pa.date32())
    found: list[Any] = paid(evaluator, households(pa.array([100] * 8), starts))
    # Wages that begin in the year 2999 are not counted yet.
    assert found == [None, None, None, None, Decimal("480.00"), None, Decimal("380.00"), None]
