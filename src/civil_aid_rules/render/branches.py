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
    if isinstance(node, Cases) and is_proviso(node) and evaluate(node.branches[0].test, formula.env) is UNKNOWN:
        test = formula.in_titles(node.branches[0].test)
        formula.because.append(Because(phrase("proviso_open", test=test), (), proviso=True))
        return formula.piece(node.branches[0].value)
    used = branch_used(formula, node)
    if used is None:
        is_contradiction = isinstance(node, Exceptions) and is_conflict(node, formula.env)
        return Piece(phrase("contradiction" if is_contradiction else "depends"))
    why = _why(formula, node, used)
    if why is not None:
        formula.because.append(why)
    return formula.piece(used)


def branch_used(formula: Writes, node: Cases | Exceptions | Decision) -> Node | None:
    """The value of the branch that applies; None while that is open."""
    match node:
        case Cases():
            possible = possible_cases(node, formula.env)
        case Exceptions():
            possible = possible_exceptions(node, formula.env)
        case Decision():
            possible = [row.value for row in possible_rows(node, formula.env)]
    known = len(possible) == 1 or evaluate(node, formula.env) is not UNKNOWN
    return possible[0] if possible and known else None


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
