"""A condition on two rails that are never unknown: where it surely holds, and where it surely does not.

Kleene's `and` surely holds where all its parts do, and surely does not where one part does not: to settle it, no part
is asked whether it is known. Most conditions of most records are settled by the first rail alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from civil_aid_rules.backends.python_source.writer import Code, or_none

Rail = tuple[str, ...]
"""What must hold, all of it, in this order: each expression can be asked where those before it hold."""


@dataclass(frozen=True, slots=True)
class Rails:
    """`value` is True, False or None. `unknown` says where; "" where nothing shorter says so than the rails do."""

    value: str
    surely: Rail
    surely_not: Rail
    unknown: str = ""
    is_known: bool = False

    @property
    def yes(self) -> str:
        """Whether it surely holds: for where only true or false is asked, also between `if` and `else`."""
        return _asked(self.surely)

    @property
    def no(self) -> str:
        """Whether it surely does not hold."""
        return _asked(self.surely_not)

    @property
    def opposite(self) -> Rails:
        """`not`."""
        value = self.no if self.is_known else settled("or", self.no, self.yes)
        return Rails(value, self.surely_not, self.surely, self.unknown, self.is_known)

    @property
    def otherwise_unknown(self) -> str:
        """Whether it is not known, asked where it does not surely hold."""
        return self.unknown or f"not {within(_all(self.surely_not))}"


def of_known(yes: str, no: str = "") -> Rails:
    """A condition that is always known, and its opposite."""
    return Rails(yes, (yes,), (no or f"not {within(yes)}",), is_known=True)


def of_name(name: str) -> Rails:
    """A name that holds True, False or None."""
    return Rails(name, (name,), (f"{name} is False",), f"{name} is None")


def of_comparison(yes: Code, no: str) -> Rails:
    """A comparison and its opposite, where no guard holds."""
    known = _known(yes)
    return Rails(or_none(yes), (*known, yes.text), (*known, no), " or ".join(yes.guards))


def of_equality(yes: Code, no: str) -> Rails:
    """Whether something is a constant: what is not known is held as None, which no constant equals."""
    return Rails(or_none(yes), (yes.text,), (*_known(yes), no), " or ".join(yes.guards))


def of_difference(yes: Code, no: str) -> Rails:
    """Whether something is not a constant."""
    return Rails(or_none(yes), (*_known(yes), yes.text), (no,), " or ".join(yes.guards))


def connected(operator: str, parts: Sequence[Rails]) -> Rails:
    """`and`, `or`: first of the parts that are always known, which are the quickest to ask."""
    parts = sorted(parts, key=lambda part: not part.is_known)
    surely, surely_not = _joined(operator, parts)
    maybe = [part for part in parts if not part.is_known]
    if not maybe:
        return of_known(_all(surely))
    value = maybe[0].value if len(maybe) == 1 else settled(operator, *map(_all, _joined(operator, maybe)))
    known = [within(_all(part.surely)) for part in parts if part.is_known]
    return Rails(f" {operator} ".join([*known, within(value)]) if known else value, surely, surely_not)


def settled(operator: str, yes: str, no: str) -> str:
    """True, False or None: first the rail on which all parts must agree, for it stops at the first that does not."""
    if operator == "and":
        return f"True if {yes} else False if {no} else None"
    return f"False if {no} else True if {yes} else None"


def within(text: str) -> str:
    """The text where an operand of `and`, `or`, `not` stands."""
    return f"({text})" if any(word in text for word in (" and ", " or ", " if ", " := ")) else text


def _joined(operator: str, parts: Sequence[Rails]) -> tuple[Rail, Rail]:
    if operator == "or":
        return _any([part.surely for part in parts]), _once([part.surely_not for part in parts])
    return _once([part.surely for part in parts]), _any([part.surely_not for part in parts])


def _once(parts: Sequence[Rail]) -> Rail:
    return tuple(dict.fromkeys(text for part in parts for text in part))


def _any(parts: Sequence[Rail]) -> Rail:
    return (" or ".join(within(_all(part)) for part in parts),)


def _all(rail: Rail) -> str:
    return rail[0] if len(rail) == 1 else " and ".join(map(within, rail))


def _asked(rail: Rail) -> str:
    text = _all(rail)
    return f"({text})" if " if " in text else text


def _known(code: Code) -> Rail:
    return tuple(guard.replace(" is ", " is not ") for guard in code.guards)
