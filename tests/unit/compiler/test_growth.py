"""How large numbers can grow: the bound is never passed, and rules that run away are refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from civil_aid_rules.compiler.growth import (
    FACT,
    MOST_BITS,
    Size,
    added,
    check_growth,
    exact_size,
    product,
    quotient,
    repeated,
    rounded,
)
from civil_aid_rules.compiler.order import slots_read
from civil_aid_rules.errors import Problem, RulebookError
from tests.unit.determinations.small_programs import Small, Writer, write_program

BIG = 10**15 - 1


def bits(value: object) -> int:
    """The binary digits of an exact number."""
    number = Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)
    return number.numerator.bit_length() + number.denominator.bit_length() - 1


@pytest.mark.parametrize(
    ("size", "value"),
    [
        (added(exact_size(Fraction(7, 12)), exact_size(Fraction(5, 18))), Fraction(31, 36)),
        (product(exact_size(Fraction(7, 12)), exact_size(300)), Fraction(175)),
        (quotient(exact_size(5), exact_size(Fraction(3, 7))), Fraction(35, 3)),
        (quotient(FACT, FACT), Fraction(BIG, BIG - 1)),
        (repeated(quotient(FACT, FACT), 3), Fraction(BIG, 7) + Fraction(BIG, 11) + Fraction(BIG, 13)),
        (rounded(exact_size(Fraction(1000, 3)), Fraction(1, 100)), Fraction(33333, 100)),
    ],
)
def test_a_bound_is_never_below_what_it_bounds(size: Size, value: Fraction) -> None:
    assert size.bits >= bits(value)


def test_adding_amounts_again_and_again_keeps_one_denominator() -> None:
    """An amount in cents and its double a hundred times over: still hundredths."""
    size = FACT
    for _ in range(100):
        size = added(size, size)
    assert size.fixed == 100
    assert size.bits < 200


@pytest.mark.parametrize("seed", range(20))
def test_the_values_of_random_rules_stay_within_their_bounds(seed: int, tmp_path: Path) -> None:
    rulebook = write_program(Writer(seed).rules(), tmp_path)
    program = rulebook.compile("p", on="2016-01-01")
    problems: list[Problem] = []
    reads = {rule.slot: slots_read(rule) for rule in program.rules}
    check_growth(program.rules, reads, rulebook.vocabularies["small"], {}, problems)
    assert problems == []
    record = Small(a=True, b=False, c=True, x=BIG, y=-BIG)
    values = rulebook.evaluator("p", on="2016-01-01").determine(record)
    assert all(bits(values[rule.key]) <= MOST_BITS for rule in program.rules)


def test_rules_that_square_one_another_are_refused_where_they_pass_the_limit(tmp_path: Path) -> None:
    """Each rule doubles the digits of the one before: 60, 120, 240 … binary digits; 10,000 are passed at the eighth."""
    rules = "r0: {title: {en: R, zh: R}, type: number, is: x, cite: act}\n"
    rules += "".join(
        f"r{place}: {{title: {{en: R, zh: R}}, type: number, is: r{place - 1} * r{place - 1}, cite: act}}\n"
        for place in range(1, 12)
    )
    with pytest.raises(RulebookError) as caught:
        write_program(rules + "outcome: {is: a, cite: act}\n", tmp_path)
    assert [item.code for item in caught.value.problems] == ["rule-too-large"]
    assert caught.value.problems[0].found == "p.r8"
