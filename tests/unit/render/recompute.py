"""An independent checker: recomputes a determination from the JSON that it gives with its trace, and from nothing else.

It imports nothing of the engine. Each step's value must follow from the step's formula text and the inputs listed with
it. What a step does not list is unknown here, so a value that rests on something left out does not come out.
"""

from __future__ import annotations

import ast
import json
import operator
import re
from datetime import date
from fractions import Fraction
from typing import Any

from tests.unit.render.formula_text import tree
from tests.unit.render.operations import (
    NONE,
    UNKNOWN,
    ZERO,
    aggregate,
    agreed,
    graduated,
    kleene,
    opposite,
    plain,
    row,
    working_day,
)

_FIXED = {"yes": True, "no": False, "none": NONE, "undefined": UNKNOWN}
_SIGNS: dict[type, Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
Entries = dict[str, str]


def differences(text: str) -> list[str]:
    """Every step, and the outcome, that does not follow; none means that the whole can be done again by hand."""
    result = json.loads(text)
    known = {(step["rule"], step["entry"]): step["value"] for step in result["steps"]}
    rows = {value["key"]: value["rows"] for value in result["identity"]["values"]}
    found = []
    for step in result["steps"]:
        for item in (item for item in step["inputs"] if item["kind"] == "rule"):
            rule, _, entry = item["name"].partition(" ")
            found += [] if known[rule, entry or "$"] == item["value"] else [f"{step['rule']} read another {rule}"]
        again = Step(step, rows, date.fromisoformat(result["on"])).value()
        if not step["assumed"] and again != _read(step["value"], step["type"]):
            found.append(f"{step['rule']} {step['entry']}: {step['formula']} gives {again}, not {step['value']}")
    return found + _outcome(result)


def _outcome(result: dict[str, Any]) -> list[str]:
    """Status and amount against the steps of the rules that decide and pay."""
    decided = [step["value"] for step in result["steps"] if step["outcome"] == "eligible"]
    paid = [Fraction(step["value"] or 0) for step in result["steps"] if step["outcome"] == "payment"]
    status = "eligible" if "yes" in decided else "undetermined" if None in decided else "ineligible"
    found = [] if not decided or status == result["status"] else [f"{decided} is not {result['status']}"]
    amount = result["payment"] and result["payment"]["amount"]
    return found + (
        [] if amount is None or status != "eligible" or Fraction(amount) == sum(paid) else [f"not {amount}"]
    )


def _read(text: str | None, unit: str) -> Any:
    if text is None or text == "none":
        return UNKNOWN if text is None else NONE
    if unit in ("yes_no", "date"):
        return text == "yes" if unit == "yes_no" else date.fromisoformat(text)
    return text if unit in ("choice", "text", "entry") or text == "table" else Fraction(text)


class Step:
    """One step: its formula, and what it lists as read. A node is evaluated for the entries that e1, e2 … stand for."""

    def __init__(self, step: dict[str, Any], rows: dict[str, Any], on: date) -> None:
        self.step, self.rows, self.on = step, rows, on
        self.inputs = {re.sub(" (?=[12])", " on ", i["name"]): _read(i["value"], i["unit"]) for i in step["inputs"]}

    def value(self) -> Any:
        parts = self.step["entry"].split(".")
        entries = {f"e{index}": ".".join(parts[: index + 1]) for index in range(1, len(parts))}
        return self.of(tree(self.step["formula"]), entries)

    def of(self, node: ast.expr, e: Entries) -> Any:
        match node:
            case ast.Constant(value):
                return value if isinstance(value, str) else Fraction(str(value))
            case ast.Name() | ast.Attribute():
                name = ast.unparse(node)
                return _FIXED[name] if name in _FIXED else self.on if name == "on" else self.named(name, e)
            case ast.BoolOp(op, values):
                return kleene([self.of(value, e) for value in values], settles=isinstance(op, ast.Or))
            case ast.UnaryOp(operand=operand):
                return opposite(self.of(operand, e))
            case ast.Compare(left, [op], [right]):
                pair = self.of(left, e), self.of(right, e)
                is_open = None in pair or (NONE in pair and not isinstance(op, ast.Eq | ast.NotEq))
                return UNKNOWN if is_open else _SIGNS[type(op)](*pair)
            case ast.BinOp(left, op, right):
                one, other = self.of(left, e), self.of(right, e)
                if isinstance(op, ast.Div) and other == 0:
                    return "zero"
                both = isinstance(one, Fraction) and isinstance(other, Fraction)
                return _SIGNS[type(op)](one, other) if both else UNKNOWN
            case ast.Subscript(table, key):
                return row(self.rows[ast.unparse(table)], self.of(key, e))
            case ast.Call(ast.Name(name), parts, keywords):
                return self.call(name, parts, {word.arg: word.value for word in keywords}, e)
        raise AssertionError(ast.dump(node))

    def named(self, name: str, e: Entries, base: str = "$") -> Any:
        """An entry, or what was read: by itself, of an entry, or of the entry that something points to."""
        head, _, rest = name.partition(".")
        if head in e:
            return self.named(rest, {}, e[head]) if rest else e[head]
        for key in (f"{base}.{name}", name if base == "$" else f"{name} {base}"):
            if key in self.inputs:
                return self.inputs[key]
        ends = [index for index, sign in enumerate(name) if sign == "."]
        found = ((self.named(name[:end], {}, base), name[end + 1 :]) for end in ends)
        return next((self.named(rest, {}, at) for at, rest in found if str(at).startswith("$")), UNKNOWN)

    def call(self, name: str, parts: list[Any], more: dict[Any, Any], e: Entries) -> Any:
        if isinstance(parts[-1], ast.ListComp):
            return self.over(name, parts, parts[-1], more, e)
        pairs = [(self.of(part.elts[0], e), part.elts[1]) for part in parts if isinstance(part, ast.Tuple)]
        yes, maybe = ([self.of(value, e) for test, value in pairs if test is holds] for holds in (True, UNKNOWN))
        match name:
            case "cases":
                last = next(place for place, (test, _) in enumerate(pairs) if test is True)
                return agreed([self.of(value, e) for test, value in pairs[: last + 1] if test is not False])
            case "otherwise":
                return agreed([*yes, *maybe, *([] if yes else [self.of(parts[0], e)])])
            case "decide_unique":
                possible = [value for test, value in pairs if test is UNKNOWN and ast.unparse(value) != "undefined"]
                return agreed(yes or [self.of(value, e) for value in possible])
            case "decide_collect":
                return UNKNOWN if None in yes or any(value != 0 for value in maybe) else sum(yes, ZERO)
            case "is_set" | "frozen":
                key = parts[0].value if name == "frozen" else ast.unparse(parts[0])
                return self.inputs.get(key) if name == "frozen" else self.inputs.get(key) is not None
            case "graduated":
                return graduated(self.rows[ast.unparse(parts[0])], self.of(parts[1], e))
            case "working_days_after" | "next_working_day":
                days = [self.of(part, e) for part in parts[:-1]]
                is_open = UNKNOWN in days or NONE in days
                return UNKNOWN if is_open else working_day(*days, calendar=self.rows[ast.unparse(parts[-1])])
        values = [self.of(part.elts[0] if isinstance(part, ast.List) else part, e) for part in parts]
        if name == "group":
            return self.of(more["if_zero"], e) if values == ["zero"] else values[0]
        words = [ast.unparse(part) for part in parts]
        return plain(name, values, words)

    def over(self, name: str, parts: list[Any], each: ast.ListComp, more: dict[Any, Any], e: Entries) -> Any:
        """An aggregate over a list, one of its entries, or the place of an entry among them."""
        source = each.generators[0]
        owner, _, own = ast.unparse(source.iter).rpartition(".")
        path, variable = f"{e.get(owner, '$')}.{own}", ast.unparse(source.target)
        if self.inputs.get(path) is None:
            return UNKNOWN
        entries = [f"{path}[{place}]" for place in range(int(self.inputs[path]))]
        bound = [(entry, {**e, variable: entry}) for entry in entries]
        tested = [(kleene([self.of(test, b) for test in source.ifs], settles=False), entry, b) for entry, b in bound]
        found = [(test, self.of(each.elt, b), entry) for test, entry, b in tested if test is not False]
        if name in ("pick", "rank"):
            own_entry = self.of(parts[0], e) if name == "rank" else ""
            return self.ordered(found, parts, own_entry, more, e)
        empty = self.of(more["if_empty"], e) if "if_empty" in more else UNKNOWN
        return aggregate(name, [(test, value) for test, value, _ in found], empty)

    def ordered(self, found: list[Any], parts: list[Any], own: str, more: dict[Any, Any], e: Entries) -> Any:
        if any(test is UNKNOWN or key is UNKNOWN for test, key, _ in found):
            return UNKNOWN
        tie, highest = ast.unparse(more["tie"]), parts[-2].value == "highest"
        inner = reversed(found) if tie == "listed_last" else found
        ranked = sorted(inner, key=operator.itemgetter(1), reverse=highest)
        if not own:
            return ranked[0][2] if ranked else NONE
        places = [place for place, (_, _, entry) in enumerate(ranked, 1) if entry == own]
        if not places:
            return self.of(more["outside"], e)
        keys = [key for _, key, _ in ranked]
        return Fraction(keys.index(keys[places[0] - 1]) + 1 if tie == "shared" else places[0])
