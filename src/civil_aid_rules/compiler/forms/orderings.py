"""`pick` and `rank`: one entry of a list by an order, and the place of each in it."""

from __future__ import annotations

from dataclasses import replace

from civil_aid_rules.compiler.expressions.fitting import PLAIN, conform
from civil_aid_rules.compiler.expressions.lists import list_read
from civil_aid_rules.compiler.forms.binding import binding
from civil_aid_rules.compiler.forms.reader import RuleReader
from civil_aid_rules.compiler.scope import Typed, title_of
from civil_aid_rules.compiler.wording import type_words
from civil_aid_rules.errors import Both
from civil_aid_rules.ir.nodes import Constant, ListRead, Node, Pick, Rank
from civil_aid_rules.ir.types import DateType, NumberType
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import PickBlock, RankBlock

_ORDERED = Both("a number or a day that is never none", "不会是 none 的数或日期")


def pick(block: PickBlock, reader: RuleReader) -> Node:
    """The entry with the highest or lowest value."""
    bound = binding(block.from_, reader.scope)
    entries = None if bound is None else list_read(bound[1], reader.scope)
    if bound is None or entries is None:
        return Constant(0)
    read, field = entries
    inner, variable = reader.scope.new_variable(bound[0], field.scope, field.unit)
    test, by = _ordered_by(block.if_, block.by, replace(reader, scope=inner))
    return Pick(read, variable.index, test, by, block.order, block.tie)


def rank(block: RankBlock, reader: RuleReader) -> Node:
    """The place of the rule's own entry among those of its list: a plain number."""
    scope = reader.scope
    name, subject = next(reversed(scope.variables.items()), ("", None))
    if subject is None:
        return Constant(0)  # a rule without for_each: reported with its head
    parent, _, list_name = subject.scope.rpartition(".")
    owner = next((item for item in scope.variables.values() if item.scope == parent), None)
    field = scope.facts(parent).lists[list_name]
    read = ListRead(owner.index if owner else 0, field.slot, field.scope, title_of(field.en, field.zh))
    others = {key: value for key, value in scope.variables.items() if key != name}
    inner, variable = replace(scope, variables=others).new_variable(name, field.scope, field.unit)
    test, by = _ordered_by(block.if_, block.by, replace(reader, scope=inner))
    outside = reader.value(block.outside, "outside")
    conform(Typed(Constant(1), NumberType(PLAIN)), reader.type, block.by.at, scope, "rank")
    return Rank(read, subject.index, variable.index, test, by, block.order, block.tie, outside)


def _ordered_by(if_: Text | None, by: Text, reader: RuleReader) -> tuple[Node | None, Node]:
    """The condition, and what entries are ordered by; that may rely on what the condition says about none."""
    test = None if if_ is None else reader.test(if_)
    inner = reader if if_ is None else reader.where(if_, holds=True)
    key = inner.typed(by)
    if key.type is not None and (not isinstance(key.type, NumberType | DateType) or key.may_be_none):
        reader.fault("type-mismatch", by, type_words(key.type), _ORDERED)
    return test, key.node
