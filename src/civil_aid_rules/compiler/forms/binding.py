"""Texts of a rule parsed, and the names that `for_each` and `from` bind."""

from __future__ import annotations

from civil_aid_rules.compiler.expressions.lists import list_read
from civil_aid_rules.compiler.scope import RuleScope
from civil_aid_rules.errors import Both, problem
from civil_aid_rules.language import syntax
from civil_aid_rules.packs.blocks import Text

_LIST_BEFORE = Both("a list of the entry named before it", "前一项中的列表")


def parsed(text: Text, scope: RuleScope) -> syntax.Expression | None:
    """The text as an expression; its faults go to the scope's problems."""
    found = scope.context.parse(str(text), text.inner_at)
    if isinstance(found, tuple):
        scope.problems.extend(found)
        return None
    return found


def binding(text: Text, scope: RuleScope) -> tuple[str, syntax.Expression] | None:
    """`m in members` as its name and list."""
    name, found, source = text.partition(" in ")
    name = name.strip()
    if not found or not name.isidentifier() or not name.isascii():
        expected = f"m in {text if text.isidentifier() else '…'}"
        scope.problems.append(problem("for-each-form", text.at, found=text, expected=expected))
        return None
    expression = parsed(Text(source, text.inner_at.shifted(len(text) - len(source))), scope)
    return None if expression is None else (name, expression)


def bind_for_each(for_each: Text | list[Text] | None, scope: RuleScope) -> tuple[RuleScope, str] | None:
    """The scope inside a rule's `for_each`, and the list's path ("" without one); None with a problem."""
    reached = ""
    for text in [] if for_each is None else for_each if isinstance(for_each, list) else [for_each]:
        bound = binding(text, scope)
        entries = None if bound is None else list_read(bound[1], scope)
        if bound is None or entries is None:
            return None
        field = entries[1]
        parent = field.scope.rpartition(".")[0]
        if parent != reached:
            expected = f"[m in {parent}, {text}]" if parent else _LIST_BEFORE
            scope.problems.append(problem("for-each-form", text.at, found=text, expected=expected))
            return None
        scope, _ = scope.new_variable(bound[0], field.scope, field.unit)
        reached = field.scope
    return scope, reached
