"""What is shown is what is paid: over random households every amount, and every sum, is exact."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from civil_aid_rules import Determination, Household
from civil_aid_rules.render.blocks import Chain, Outline, Works
from civil_aid_rules.render.outline import outline
from tests.unit.render.cases import household, person, shipped

_AMOUNT = re.compile(r"(−?[0-9]+(?:/[0-9]+)?(?:\.[0-9]+)?)(?: \(≈[0-9.]+\))? (?:CNY|person)")
_NOTE = re.compile(r" \((?!≈)[^()]*[A-Za-z][^()]*\)")
_FORMULA = re.compile(r"[0-9 .()+−×÷/%]+")


def random_household(seed: int) -> Household:
    """One to six persons, some of whom earn, receive regularly, or have lost their share."""
    draw = random.Random(seed)
    members = []
    for place in range(draw.randint(1, 6)):
        income = [_income(draw) for _ in range(draw.choice((0, 0, 1, 1, 2)))]
        more = {"registration": draw.choice(("non_agricultural", "non_agricultural", "agricultural"))}
        designated = {"regular_recipient": {"start": "2015-01-01"}} if draw.random() < 0.2 else {}
        stopped = {"stopped_share": {"start": "2015-01-01"}} if draw.random() < 0.1 else {}
        members.append(person(f"m{place}", "head" if place == 0 else "child", *income, **more, **designated, **stopped))
    return household(*members)


def _income(draw: random.Random) -> dict[str, str]:
    period = draw.choice(("month", "month", "year", "once"))
    amount = draw.choice((draw.randint(0, 90_000), draw.randint(0, 900) * 100))
    start = draw.choice(("2014-06-01", "2016-02-10", "2016-04-20"))
    return {
        "kind": draw.choice(("wages", "farm_business", "pension", "veterans_pension")),
        "amount": f"{amount // 100}.{amount % 100:02d}",
        "period": period,
        "start": start,
        "provenance": "evidenced",
    }


def determinations(count: int) -> Iterator[Determination]:
    """Random households under both programs, on both sides of the raise."""
    questions = [(program, on) for program in ("urban_dibao", "rural_dibao") for on in ("2015-06-01", "2016-04-01")]
    evaluators = [shipped().evaluator(program, on=on) for program, on in questions]
    for seed in range(count):
        yield evaluators[seed % 4].determine(random_household(seed))


def exact(text: str) -> Fraction:
    return Fraction(text.replace("−", "-"))


def amounts(text: str) -> list[Fraction]:
    """Every amount in a text that has its unit behind it."""
    return [exact(found) for found in _AMOUNT.findall(text)]


def value_of(formula: str) -> Fraction | None:
    """What a formula in figures comes to; None for one in words."""
    bare = _NOTE.sub("", formula)
    if not _FORMULA.fullmatch(bare):
        return None
    python = re.sub(r"[0-9]+(\.[0-9]+)?", lambda found: f'F("{found[0]}")', bare.replace("%", "/100"))
    found = eval(python.translate(str.maketrans("−×÷", "-*/")), {"F": Fraction})  # figures and signs only
    return found if isinstance(found, Fraction) else None


def chains(page: Outline) -> Iterator[Chain]:
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Works):
                yield from (chain for work in block.works if work.sign == "=" for chain in work.chains)


def check(found: Determination) -> tuple[int, int]:
    """Hold every shown amount against the exact one; how many sums and amounts were held."""
    page = outline(found, found.evaluation)
    head = {label.en: value for label, value in page.head}
    assert found.payment is not None and found.payment.amount is not None
    if found.status == "ineligible":
        assert (head["Proposed payment"].en, head["Proposed payment"].zh) == ("none", "无")
        assert found.payment.amount == 0
    else:
        assert amounts(head["Proposed payment"].en) == [Fraction(found.payment.amount)]
        assert head["Proposed payment"].zh == f"每月{found.payment.amount}元"
    assert found.payment.amount == found.payment.amount.quantize(Decimal("0.01"))
    beside = next(section for section in page.sections if section.heading.en == "For comparison")
    for item, (_, shown) in zip(found.beside, beside.blocks[0].pairs, strict=True):  # type: ignore[union-attr]
        assert amounts(shown.en)[:1] == ([] if item.value is None else [Fraction(item.value)])
    held = 0
    for chain in chains(page):
        *before, total = chain.parts
        shown = amounts(total.en)
        for part in before:
            computed = value_of(part.en)
            if computed is not None and shown:
                assert computed == shown[0], chain
                held += 1
        if len(shown) == 2:  # rounded: half up, to the fen
            fen = shown[0] * 100 + Fraction(1, 2)
            assert shown[1] == Fraction(fen.numerator // fen.denominator, 100)
    values = {Fraction(v) for v in _numbers(found)}
    return held, sum(1 for chain in chains(page) for amount in amounts(chain.parts[-1].en) if abs(amount) in values)


def _numbers(found: Determination) -> Iterator[str]:
    for held in found.values.values():
        for text in [held.value, *(held.entries or {}).values()]:
            if text is not None and re.fullmatch(r"-?[0-9]+(\.[0-9]+|/[0-9]+)?", text):
                yield text


@pytest.mark.parametrize("count", [100, pytest.param(4000, marks=pytest.mark.slow)])
def test_every_amount_shown_is_the_amount_paid_and_every_sum_shown_adds_up(count: int) -> None:
    sums = shown = eligible = 0
    for found in determinations(count):
        held, amounts_held = check(found)
        sums, shown, eligible = sums + held, shown + amounts_held, eligible + (found.status == "eligible")
    assert sums > 4 * count
    assert shown > 6 * count
    assert eligible > count // 5


def test_a_formula_in_figures_is_read_as_it_stands() -> None:
    assert value_of("(480.00 − 300.00) × 3") == 540
    assert value_of("900.00 (A) + 0.00 (B)") == 900
    assert value_of("(1750/3) ÷ 3") == Fraction(1750, 9)
    assert value_of("Urban dibao standard × Recipients") is None
    assert amounts("680/3 (≈226.6667) CNY a month, rounded to 226.67 CNY a month") == [
        Fraction(680, 3),
        exact("226.67"),
    ]
