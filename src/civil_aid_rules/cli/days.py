"""For which days a program can be decided, and on which days its rules or values change."""

from __future__ import annotations

import datetime

import civil_aid_rules as aid


def first_days(rulebook: aid.Rulebook, program: str) -> list[datetime.date]:
    """The first day of each run of days over which the same rules hold; the earliest is the first ever decided."""
    found: list[datetime.date] = []
    for day in _days_of_change(rulebook, program):
        try:
            start = rulebook.evaluator(program, on=day).valid_from
        except aid.EvaluationError:
            continue  # not everything that the program needs is in force yet
        if start is not None and start not in found:
            found.append(start)
    return found


def _days_of_change(rulebook: aid.Rulebook, program: str) -> list[datetime.date]:
    """Each day on which a value or a rule of the program, or of what it uses, begins."""
    from civil_aid_rules.compiler.namespace import DeclaredRule, build_namespace
    from civil_aid_rules.quantities.days import read_day

    days: set[datetime.date] = set()
    for item in build_namespace(rulebook.packs, rulebook.packs.packs[program]).declared():
        if isinstance(item, DeclaredRule):
            days |= {version.from_date for version in item.versions}
        else:
            days |= {day for value in item.entry.block.values if (day := read_day(value.from_)) is not None}
    return sorted(days)
