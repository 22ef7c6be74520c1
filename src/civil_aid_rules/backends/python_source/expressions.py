"""Scaled nodes as Python expressions, and as statements where an expression would be worked out twice.

What is not known is None, what is known to be none is NONE; yes and no are True and False.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, assert_never

from civil_aid_rules.backends.python_source import rails
from civil_aid_rules.backends.python_source.rails import Rails
from civil_aid_rules.backends.python_source.writer import Code, Writer, merged, or_none
from civil_aid_rules.compiler.bounds import Intervals
from civil_aid_rules.compiler.simplify import NO_ENTRY, NOTHING_KNOWN
from civil_aid_rules.ir import scaled
from civil_aid_rules.ir.scaled import Scaled
from civil_aid_rules.ir.values import NONE, UNKNOWN
from civil_aid_rules.quantities import ordinals

NOT_KNOWN = Code("None", open=True)
_PAIRS = (("<", ">="), (">", "<="), ("==", "!="), ("is", "is not"), ("in", "not in"))
_OPPOSITE = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_CALL = re.compile(r"\w\(")


class Reading(Protocol):
    """Where expressions find what they read."""

    def fact(self, read: scaled.FactRead) -> Code: ...

    def rule(self, read: scaled.RuleRead) -> Code: ...

    def entry(self, variable: int, scope: str) -> Code: ...

    def through(self, reference: Code, node: scaled.Through) -> Code: ...

    def divisor(self, node: scaled.Divisor) -> str | None: ...

    def of_list(self, node: scaled.Fold | scaled.Pick | scaled.Rank) -> Code: ...


@dataclass(slots=True)
class Expressions:
    """Writes nodes; statements that they need come before."""

    writer: Writer
    intervals: Intervals
    reading: Reading

    def value(self, node: Scaled) -> Code:
        """The value: an expression that is None where it is not known."""
        found = self.code(node)
        return Code(or_none(found), found.open or bool(found.guards)) if found.guards else found

    def strict(self, node: Scaled) -> Code:
        """The value where no guard holds; never None then."""
        return self.guarded(self.code(node))

    def guarded(self, found: Code) -> Code:
        """The same with guards instead of None."""
        if not found.open:
            return found
        name = self.simple(found)
        return Code(name, False, (*found.guards, f"{name} is None"))

    def simple(self, code: Code, wanted: str = "v") -> str:
        """A value as a name."""
        return code.text if code.is_name else self.writer.named(or_none(code), wanted)

    def code(self, node: Scaled) -> Code:
        """The node with guards, with None, or with neither."""
        match node:
            case scaled.Constant(value):
                return _constant(value)
            case scaled.FactRead():
                return self.reading.fact(node)
            case scaled.RuleRead():
                return self.reading.rule(node)
            case scaled.EntryRead(variable, scope):
                return self.reading.entry(variable, scope)
            case scaled.Through(reference):
                return self.reading.through(self.strict(reference), node)
            case scaled.Present(operand):
                found = self.strict(operand)
                name = self.simple(found)
                guards = found.guards if found.is_name else (f"{name} is None",) if found.guards else ()
                return Code(name, False, (*guards, f"{name} is NONE"))
            case scaled.Given(value, condition):
                found, known = self.code(value), self.strict(condition)
                return Code(found.text, found.open, merged(known, found))
            case scaled.Arithmetic(sign, left, right):
                one, other = self.strict(left), self.strict(right)
                return Code(f"{one.within} {sign} {other.within}", False, merged(one, other))
            case scaled.Divisor(operand):
                if named := self.reading.divisor(node):
                    return Code(named)
                found = self.value(operand)
                text = f"({found.within} or 1)"
                return Code(text if self.intervals.of(operand).least >= 0 else f"abs{text}")
            case scaled.Quotient():
                return self._quotient(node)
            case scaled.Extreme(function, operands):
                return self._extreme(function, [self.strict(operand) for operand in operands])
            case scaled.Comparison(sign, left, right):
                return self._comparison(sign, left, right)
            case scaled.Connective():
                return self._connective(node)
            case scaled.Not(operand):
                found = self.strict(operand)
                return Code(f"not {found.within}", False, found.guards)
            case scaled.If():
                return self._if(node)
            case scaled.Agreement():
                return self._agreement(node)
            case scaled.Fold() | scaled.Pick() | scaled.Rank():
                return self.reading.of_list(node)
            case scaled.Lookup(key, rows, further):
                return self._lookup(self.strict(key), rows, further)
            case scaled.DayFunction():
                return self._of_days(node)
            case _:
                assert_never(node)

    # --- operators --------------------------------------------------------------------------------------------------

    def _comparison(self, sign: str, left: Scaled, right: Scaled) -> Code:
        one, other = self.strict(left), self.strict(right)
        if isinstance(right, scaled.Constant) and right.value is NONE:
            sign = "is" if sign == "==" else "is not"
        return Code(f"{one.within} {sign} {other.within}", False, merged(one, other))

    def _quotient(self, node: scaled.Quotient) -> Code:
        above, below = self.strict(node.above), self.strict(node.below)
        guards = merged(above, below)
        if node.mode == "whole" or node.mode == "half_even" or self.intervals.of(node.above).least < 0:
            return Code(f"{node.mode}({above.text}, {below.text})", node.mode == "whole", guards)
        if node.mode == "half_up":
            twice = str(2 * int(below.text)) if below.text.isdecimal() else f"(2 * {below.within})"
            return Code(f"(2 * {above.within} + {below.within}) // {twice}", False, guards)
        text = f"{above.within} // {below.within}" if node.mode == "down" else f"-(-{above.within} // {below.within})"
        return Code(text, False, guards)

    def _lookup(self, key: Code, rows: Sequence[tuple[int | str, int]], further: int | None) -> Code:
        table = self.writer.constant("table", dict(rows))
        if further is None:
            return Code(f"{table}.get({key.text})", True, key.guards)
        return Code(f"row({table}, {rows[-1][0]}, {further}, {key.text})", True, key.guards)

    def _of_days(self, node: scaled.DayFunction) -> Code:
        match node:
            case scaled.DayFunction(
                "months_between",
                (scaled.DayFunction("start_of_month", (day,)), scaled.Constant(int() as end)),
            ) if ordinals.start_of_month(end) == end:
                start = self.strict(day)
                return Code(f"{ordinals.month_number(end)} - month_number({start.text})", False, start.guards)
            case _:
                return self._called(node)

    def _called(self, node: scaled.DayFunction) -> Code:
        codes = [self.strict(argument) for argument in node.arguments]
        more = [part for part in (node.age_rule, node.calendar) if part is not None]
        named = [self.writer.constant("calendar" if part is node.calendar else "age_rule", part) for part in more]
        never_beyond = node.function in ("age", "months_between", "start_of_month", "start_of_year")
        arguments = ", ".join([*(code.text for code in codes), *named])
        return Code(f"{node.function}({arguments})", not never_beyond, merged(*codes))

    def _extreme(self, function: str, codes: Sequence[Code]) -> Code:
        """Of two, without a call."""
        if len(codes) != 2:
            return Code(f"{function}({', '.join(code.text for code in codes)})", False, merged(*codes))
        names = [code.text if code.is_name else self.writer.names.of("n") for code in codes]
        first, second = (
            name if code.is_name else f"({name} := {code.text})" for name, code in zip(names, codes, strict=True)
        )
        sign = "<" if function == "min" else ">"
        return Code(f"({names[0]} if {first} {sign} {second} else {names[1]})", False, merged(*codes))

    # --- conditions -------------------------------------------------------------------------------------------------

    def rails(self, node: Scaled) -> Rails:
        """A condition as where it surely holds and where it surely does not."""
        match node:
            case scaled.Connective() if NOTHING_KNOWN not in node.operands:
                return rails.connected(node.operator, self._operands(node))
            case scaled.Not(operand):
                return self.rails(operand).opposite
            case scaled.Comparison(sign, left, right):
                return self._compared(sign, self.strict(left), self.strict(right), right)
            case _:
                return self._of_code(self.code(node))

    def _compared(self, sign: str, one: Code, other: Code, right: Scaled) -> Rails:
        is_constant = isinstance(right, scaled.Constant) and _guards_itself(one)
        if right == NO_ENTRY:
            sign = "is" if sign == "==" else "is not"
        yes = Code(f"{one.within} {sign} {other.within}", False, merged(one, other))
        no = f"{one.within} {_OPPOSITE[sign]} {other.within}"
        if _CALL.search(yes.text):
            return self._of_code(yes)
        if not yes.guards:
            return rails.of_known(yes.text, no)
        if is_constant and sign in ("==", "is"):
            return rails.of_equality(yes, no)
        return (
            rails.of_difference(yes, no) if is_constant and sign in ("!=", "is not") else rails.of_comparison(yes, no)
        )

    def _of_code(self, code: Code) -> Rails:
        """What is worked out by a call has a name, or it would be worked out on both rails."""
        if code.open or code.guards:
            return rails.of_name(self.simple(code, "c"))
        return rails.of_known(self.simple(code, "c") if _CALL.search(code.text) else code.text)

    def _connective(self, node: scaled.Connective) -> Code:
        if NOTHING_KNOWN in node.operands:
            return self._beside_unknown(node)
        found = self.rails(node)
        return Code(found.value, not found.is_known)

    def _beside_unknown(self, node: scaled.Connective) -> Code:
        """A connective of which one operand is unknown whatever the record says: it can still be settled."""
        left = tuple(operand for operand in node.operands if operand != NOTHING_KNOWN)
        if not left:
            return NOT_KNOWN
        rest = self.rails(left[0] if len(left) == 1 else scaled.Connective(node.operator, left))
        return Code(f"True if {rest.yes} else None" if node.operator == "or" else f"False if {rest.no} else None", True)

    def _operands(self, node: scaled.Connective) -> list[Rails]:
        """The operands; `kind == "a" or kind == "b"` is one question, whether the kind is among several."""
        sign, among = ("==", "in") if node.operator == "or" else ("!=", "not in")
        asked: dict[Scaled, list[str]] = {}
        found: list[Scaled] = []
        for operand in node.operands:
            match operand:
                case scaled.Comparison(operator, subject, scaled.Constant(str() as text)) if operator == sign:
                    if subject not in asked:
                        found.append(operand)
                    asked.setdefault(subject, []).append(repr(text))
                case _:
                    found.append(operand)
        return [self._operand(operand, sign, among, asked) for operand in found]

    def _operand(self, node: Scaled, sign: str, among: str, asked: dict[Scaled, list[str]]) -> Rails:
        texts = asked.get(node.left, []) if isinstance(node, scaled.Comparison) and node.operator == sign else []
        if len(texts) < 2 or not isinstance(node, scaled.Comparison):
            return self.rails(node)
        subject, those = self.strict(node.left), f"{{{', '.join(texts)}}}"
        yes = Code(f"{subject.within} {among} {those}", False, subject.guards)
        no = f"{subject.within} {_OPPOSITE[among]} {those}"
        if not subject.guards:
            return rails.of_known(yes.text, no)
        if not _guards_itself(subject):
            return rails.of_comparison(yes, no)
        return rails.of_equality(yes, no) if sign == "==" else rails.of_difference(yes, no)

    # --- branches ---------------------------------------------------------------------------------------------------

    def _if(self, node: scaled.If) -> Code:
        test = self.rails(node.test)
        then, then_lines = self._aside(node.then)
        otherwise, other_lines = self._aside(node.otherwise)
        open_ = then.open or otherwise.open
        if test.is_known:
            if not then_lines and not other_lines:
                return Code(f"{then.within} if {test.yes} else {otherwise.text}", open_)
            return self._if_statement(test.yes, then, then_lines, otherwise, other_lines, open_)
        if then.is_name and otherwise.is_name and not then_lines and not other_lines:
            both = _agreed(then, otherwise)
            return Code(f"{then.text} if {test.yes} else {otherwise.text} if {test.no} else {both}", True)
        result = self.writer.names.of("v")
        if not then_lines:
            return self._if_mostly_known(test, result, then, otherwise, other_lines)
        name, other = self.simple(Code(test.value, True), "t"), self.writer.names.of("w")
        with self.writer.block(f"if {name} is not False:"):
            self.writer.lines += then_lines
            self.writer.line(f"{result} = {then.text}")
        with self.writer.block(f"if not {name}:"):
            self.writer.lines += other_lines
            self.writer.line(f"{other} = {otherwise.text}")
            self.writer.line(f"{result} = {other} if {name} is False or {other} == {result} else None")
        return Code(result, True)

    def _if_mostly_known(self, test: Rails, result: str, then: Code, otherwise: Code, other_lines: list[str]) -> Code:
        """Where the test surely holds, one of the two; only where it is not known, both."""
        with self.writer.block(f"if {test.yes}:"):
            self.writer.line(f"{result} = {then.text}")
        with self.writer.block("else:"):
            self.writer.lines += other_lines
            self.writer.line(f"{result} = {otherwise.text}")
            differ = "" if then.text == "None" else f"{result} != {then.within}"
            if otherwise.text != "None":
                unknown = " and ".join([rails.within(test.otherwise_unknown), *([differ] if differ else [])])
                with self.writer.block(f"if {unknown}:"):
                    self.writer.line(f"{result} = None")
        return Code(result, True)

    def _if_statement(
        self, test: str, then: Code, then_lines: list[str], otherwise: Code, other_lines: list[str], open_: bool
    ) -> Code:
        result = self.writer.names.of("v")
        with self.writer.block(f"if {test}:"):
            self.writer.lines += then_lines
            self.writer.line(f"{result} = {then.text}")
        with self.writer.block("else:"):
            self.writer.lines += other_lines
            self.writer.line(f"{result} = {otherwise.text}")
        return Code(result, open_)

    def _aside(self, node: Scaled) -> tuple[Code, list[str]]:
        """A value, and the statements that it needs, one step further in."""
        self.writer.indent += 1
        with self.writer.aside() as lines:
            found = self.value(node)
        self.writer.indent -= 1
        return found, lines

    def _agreement(self, node: scaled.Agreement) -> Code:
        impossible = self.writer.constant("impossible", UNKNOWN) if node.hit == "unique" else ""
        pairs = []
        for test, value in node.branches:
            said = impossible if value is None else self.value(value).text
            pairs.append(f"({self.value(test).text}, {said})")
        last = impossible if node.base is None else self.value(node.base).text
        return Code(f"{node.hit}(({', '.join(pairs)},), {last})" if pairs else f"{node.hit}((), {last})", True)


def _guards_itself(code: Code) -> bool:
    """Whether what is not known is a name that then holds None, or `NONE`: nothing that a constant equals."""
    return code.is_name and all(guard.startswith(f"{code.text} is ") for guard in code.guards)


def _agreed(one: Code, other: Code) -> str:
    """What two possible values come to."""
    constants = {"None", "True", "False", "NONE"}
    if "None" in (one.text, other.text) or (one.text in constants and other.text in constants):
        return one.text if one.text == other.text else "None"
    return f"({one.text} if {one.text} == {other.text} else None)"


def _constant(value: object) -> Code:
    if value is UNKNOWN:
        return NOT_KNOWN
    return Code("NONE" if value is NONE else repr(value))
