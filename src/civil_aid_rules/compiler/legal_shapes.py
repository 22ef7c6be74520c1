"""Tables, bands and scales in scaled form."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from civil_aid_rules.compiler.scaled_numbers import UNKNOWN_NUMBER, Number, Numbers, exact_number
from civil_aid_rules.compiler.simplify import chosen, compared, extreme, given, is_settled
from civil_aid_rules.ir.parameters import Bands, Scale, Table
from civil_aid_rules.ir.scaled import Constant, Lookup
from civil_aid_rules.ir.values import Exact, exact
from civil_aid_rules.quantities.working_days import WorkingCalendar

Shape = Table | Bands | Scale | WorkingCalendar | None


def row(numbers: Numbers, shape: Shape, key: Number) -> Number:
    """The amount of the row or band that the key falls on."""
    if isinstance(shape, Table):
        return _row(numbers, shape, key)
    return _band(numbers, shape, key) if isinstance(shape, Bands) else UNKNOWN_NUMBER


def _row(numbers: Numbers, table: Table, key: Number) -> Number:
    last, last_amount = table.rows[-1]
    further: Exact | None = None
    if isinstance(last, int) and table.past_end != "undefined":
        further = 0 if isinstance(table.past_end, str) else table.past_end
    scale = lcm(*(amount.denominator for _, amount in table.rows), 1 if further is None else further.denominator)
    rows = tuple((place, int(amount * scale)) for place, amount in table.rows)
    steps = None if further is None else int(further * scale)
    whole = numbers.whole(key)
    if not isinstance(whole, Constant):
        return Number(Lookup(whole, rows, steps), scale)
    found = dict(rows).get(whole.value) if isinstance(whole.value, int | str) else None
    if found is None and isinstance(whole.value, int) and isinstance(last, int) and steps is not None:
        found = int(last_amount * scale) + steps * (whole.value - last) if whole.value > last else None
    return UNKNOWN_NUMBER if found is None else Number(Constant(found), scale)


def _band(numbers: Numbers, bands: Bands, key: Number) -> Number:
    """The amount of the first band that the key is below; each limit is compared in whole numbers."""
    key = Number(numbers.present(key.n), key.scale, key.divisors)
    found: Number = UNKNOWN_NUMBER if bands.rest is None else exact_number(bands.rest)
    for limit, amount in reversed(bands.bands):
        (one, other), _, _ = numbers.aligned([key, exact_number(limit)])
        (then, otherwise), scale, _ = numbers.aligned([exact_number(amount), found])
        found = Number(chosen(compared("<", one, other), then, otherwise), scale)
    return found if is_settled(key.n) else Number(given(found.n, key.n), found.scale)


def graduated(numbers: Numbers, shape: Shape, base: Number) -> Number:
    """Each part of the base above a bracket's start, up to the next one's, times the bracket's rate; added up."""
    if not isinstance(shape, Scale):
        return UNKNOWN_NUMBER
    base = Number(numbers.present(base.n), base.scale, base.divisors)
    total = exact_number(0)
    for (above, rate), top in zip(shape.brackets, [*(above for above, _ in shape.brackets[1:]), None], strict=True):
        part = _part(numbers, base, above, top)
        total = numbers.added("+", total, numbers.multiplied(part, exact_number(exact(Fraction(rate)))))
    return Number(given(total.n, base.n), total.scale, total.divisors)


def _part(numbers: Numbers, base: Number, above: Exact, top: Exact | None) -> Number:
    below = base if top is None else numbers.joined([base, exact_number(top)], lambda found: extreme("min", found))
    return numbers.joined(
        [numbers.added("-", below, exact_number(above)), exact_number(0)], lambda found: extreme("max", found)
    )
