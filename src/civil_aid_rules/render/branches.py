"""Branching forms in a formula: what the branch taken says, and why it was taken."""

from __future__ import annotations

from civil_aid_rules.backends.interpreter import (
    applying,
    chosen_option,
    evaluate,
    is_conflict,
    possible_cases,
    possible_exceptions,
    possible_rows,
)
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.ir.nodes import Branch, Cases, Choose, Decision, Exceptions, Named, Node
from civil_aid_rules.ir.text import ADD
from civil_aid_rules.ir.values import UNKNOWN
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.piece import Because, Piece, Writes, added


def is_proviso(node: Cases) -> bool:
    """Whether the cases are a `when`: the value where something holds, else 0 or no."""
    return len(node.branches) == 1 and not isinstance(node.otherwise, Named)


def taken(formula: Writes, node: Cases | Exceptions | Decision) -> Piece:
    """The branch that gave the value; what an open choice depends on where none did."""
    if isinstance(node, Decision) and node.hit == "collect":
        return _collected(formula, node)
    possible, is_open = _possible(formula, node), evaluate(node, formula.env) is UNKNOWN
    if len(possible) > 1 and not is_open:
        formula.because.append(Because(phrase("either_way"), ()))
    elif isinstance(node, Cases) and is_proviso(node) and len(possible) > 1:
        test = formula.in_titles(node.branches[0].test)
        formula.because.append(Because(phrase("proviso_open", test=test), (), proviso=True))
    elif len(possible) != 1:
        is_contradiction = isinstance(node, Exceptions) and is_conflict(node, formula.env)
        return Piece(phrase("contradiction" if is_contradiction else "depends"))
    else:
        why = _why(formula, node, possible[0])
        formula.because += [] if why is None else [why]
    return formula.piece(possible[0])


def _possible(formula: Writes, node: Cases | Exceptions | Decision) -> list[Node]:
    """The values that are still possible, of the branches in their order."""
    match node:
        case Cases():
            return possible_cases(node, formula.env)
        case Exceptions():
            return possible_exceptions(node, formula.env)
        case Decision():
            return [row.value for row in possible_rows(node, formula.env)]


def _why(formula: Writes, node: Cases | Exceptions | Decision, used: Node) -> Because | None:
    """Why this branch: in the pack's words, else by its test. That a `when` or a base holds needs no words."""
    branches = node.rows if isinstance(node, Decision) else node.branches
    branch = next((branch for branch in branches if branch.value is used), None)
    named = used if isinstance(used, Named) else None
    citations = () if named is None else named.citations
    if isinstance(node, Cases) and is_proviso(node):
        return None if branch is not None else Because(_proviso_fails(formula, node.branches[0]), (), proviso=True)
    if isinstance(node, Exceptions):
        return None if named is None or named.text is None else Because(phrase("exception", text=named.text), citations)
    if named is not None and named.text is not None:
        return Because(phrase("case", text=named.text), citations)
    if branch is not None:
        return Because(phrase("case", text=formula.in_titles(branch.test)), citations)
    return None if len(branches) == 1 else Because(phrase("other_case"), citations)


def _proviso_fails(formula: Writes, branch: Branch) -> Bilingual:
    return phrase("proviso_fails", test=formula.in_titles(branch.test))


def _collected(formula: Writes, node: Decision) -> Piece:
    yes, maybe = applying(node.rows, formula.env)
    rows = [*yes, *maybe]
    return added([formula.piece(row.value).within(ADD) for row in rows]) if rows else Piece(same("0"))


def chosen(formula: Writes, node: Choose) -> Piece:
    """All options, and in `because` the one used; of options that are all 0 none is."""
    used = chosen_option(node, formula.env)
    if used is not None and evaluate(node, formula.env) != 0:
        formula.because.append(Because(phrase("used", text=used.text or same(used.id)), used.citations))
    parts = joined(tuple(_option(formula, option) for option in node.options), en="; ", zh="；")
    return Piece(phrase(f"choose_{node.take}", parts=parts))


def _option(formula: Writes, option: Named) -> Bilingual:
    words = formula.piece(option.body).text
    if formula.titles:
        return words
    return phrase("option", title=option.text or same(option.id), value=words)
