"""Decision tables: columns typed, cells turned into conditions, and the whole held against gaps and overlaps."""

from __future__ import annotations

import re

from civil_aid_rules.compiler.expressions.comparisons import compare
from civil_aid_rules.compiler.expressions.faults import refuse_none
from civil_aid_rules.compiler.forms.gaps import check_decision
from civil_aid_rules.compiler.forms.reader import RuleReader
from civil_aid_rules.compiler.scope import Typed
from civil_aid_rules.errors import Both, problem
from civil_aid_rules.ir.nodes import (
    Branch,
    Connective,
    Constant,
    DecidedDay,
    Decision,
    Named,
    Node,
    ParameterRead,
    Undefined,
)
from civil_aid_rules.ir.types import TextType, YesNoType
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import DecisionBlock, RowBlock

_LIMIT = re.compile(r"\s*(<=|>=|<|>|==|!=)\s*(.+?)\s*$")
_YES_NO = Both("yes, no or -", "yes、no 或 -")
_LIMITS = Both(
    "a comparison with a parameter, such as < limit, or >= low and < high; or -",
    "与参数的比较，如 < limit，或 >= low and < high；或 -",
)
_ANY = Constant(True)
"""A cell that anything meets: `-`."""


def decision(block: DecisionBlock, reader: RuleReader) -> Node:
    """A decision table as one node."""
    faults = len(reader.scope.problems)
    columns = [_column(text, reader) for text in block.columns]
    rows: list[Branch] = []
    cells: list[tuple[Node, ...]] = []
    for index, row in enumerate(block.rows):
        if len(row.when) != len(columns):
            expected = len(columns)
            reader.scope.problems.append(problem("table-cells", row.at, found=len(row.when), expected=expected))
            return Constant(0)
        tests = tuple(_cell(cell, column, reader) for cell, column in zip(row.when, columns, strict=True))
        cells.append(tests)
        rows.append(_row(index, row, tests, reader))
    sound = len(reader.scope.problems) == faults
    not_analysed = check_decision(block, columns, cells, reader.scope) if sound else ()
    if block.hit == "collect":
        reader.must_be_number(block.columns[0])
    return Decision(block.hit, tuple(rows), not_analysed)


def _column(text: Text, reader: RuleReader) -> Typed:
    """What a column is about; never something that may be none, for which no cell could stand."""
    typed = reader.typed(text)
    return refuse_none(typed, text.inner_at, reader.scope) if typed.may_be_none else typed


def _row(index: int, row: RowBlock, tests: tuple[Node, ...], reader: RuleReader) -> Branch:
    name = f"row {index + 1}"
    if row.then != "impossible":
        value = reader.value(row.then, name)
    else:
        value = Undefined()
        if row.cite is None:
            reader.fault("cite-missing", row.then, Both(name, f"第 {index + 1} 行"), "cite: …")
    named = Named("row", name, value, None, reader.cited(row.cite), row.at)
    return Branch(_all([test for test in tests if test != _ANY]), named)


def _all(tests: list[Node]) -> Node:
    if not tests:
        return _ANY
    return tests[0] if len(tests) == 1 else Connective("and", tuple(tests))


def _cell(cell: Text, column: Typed, reader: RuleReader) -> Node:
    """One cell as a condition on its column."""
    if cell == "-" or column.type is None:
        return _ANY
    if isinstance(column.type, YesNoType) and cell in ("yes", "no"):
        return _compared("==", column, Typed(Constant(cell == "yes"), column.type), cell, reader)
    if isinstance(column.type, TextType):
        texts = [Typed(Constant(part.strip()), TextType()) for part in cell.split(",")]
        tests = [_compared("==", column, text, cell, reader) for text in texts]
        return tests[0] if len(tests) == 1 else Connective("or", tuple(tests))
    return _limits(cell, column, reader)


def _limits(cell: Text, column: Typed, reader: RuleReader) -> Node:
    """`< high`, or `>= low and < high`."""
    tests: list[Node] = []
    offset = 0
    for part in cell.split(" and "):
        found = _LIMIT.match(part)
        if found is None:
            reader.fault("table-cell", cell, cell, _YES_NO if isinstance(column.type, YesNoType) else _LIMITS)
            return _ANY
        limit = Text(found[2], cell.inner_at.shifted(offset + found.start(2)))
        typed = reader.typed(limit)
        if isinstance(typed.node, Constant | ParameterRead | DecidedDay):
            tests.append(_compared(found[1], column, typed, limit, reader))
        else:
            reader.fault("table-cell", limit, limit, _LIMITS)
        offset += len(part) + len(" and ")
    return _all(tests)


def _compared(operator: str, column: Typed, with_: Typed, at: Text, reader: RuleReader) -> Node:
    return compare(operator, column, with_, at.at, reader.scope).node
