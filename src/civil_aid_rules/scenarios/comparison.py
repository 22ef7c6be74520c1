"""Two results side by side: what each pays, the exact difference, and the first rule where they part."""

from __future__ import annotations

from civil_aid_rules.citations import Language
from civil_aid_rules.determinations.differences import Changed, RuleDifference, ValueDifference
from civil_aid_rules.determinations.pages import Page, page_html, page_text
from civil_aid_rules.determinations.result import Amount, Part, Payment
from civil_aid_rules.scenarios.parts import Parting, Side
from civil_aid_rules.scenarios.words import comparison_page


class Comparison(Part):
    """Two results of one program and record under two days, rulebooks or scenarios; JSON out and in is equal.

    `difference` is what the second pays more, in whole fen; None where an amount is not known or they are not paid
    alike. `values` and `rules` are the dated legal values and rules that differ; `changed` every rule whose value
    differs, in evaluation order; `parts_at` the first of those that the outcome rests on.
    """

    before: Side
    after: Side
    difference: Amount | None
    parts_at: Parting | None
    values: tuple[ValueDifference, ...]
    rules: tuple[RuleDifference, ...]
    changed: tuple[Changed, ...]

    @property
    def same_outcome(self) -> bool:
        """Whether status and amount are the same on both sides."""
        return (self.before.status, self.before.payment) == (self.after.status, self.after.payment)

    @property
    def same_record(self) -> bool:
        """Whether both sides decide on the same record."""
        return self.before.record_digest == self.after.record_digest

    def text(self, language: Language = "en") -> str:
        """The comparison in words, "en" or "zh"."""
        return page_text(self._page(), language)

    def to_json(self, *, indent: int | None = None) -> str:
        """The comparison as JSON; `Comparison.model_validate_json` reads it back as an equal one."""
        return self.model_dump_json(indent=indent)

    def to_records(self) -> list[dict[str, str | None]]:
        """One plain dict per line, for tables: `what` (status, amount, value, rule, rule_value), name, entry, sides."""
        found = [
            _row("status", self.before.program, "$", self.before.status, self.after.status),
            _row("amount", self.before.program, "$", _amount(self.before.payment), _amount(self.after.payment)),
        ]
        for value in self.values:
            held = (None if used is None else used.value for used in (value.before, value.after))
            found.append(_row("value", value.key, "$", *held))
        for rule in self.rules:
            digests = (None if used is None else used.digest for used in (rule.before, rule.after))
            found.append(_row("rule", rule.key, "$", *digests))
        found += [_row("rule_value", item.rule, item.entry, item.before, item.after) for item in self.changed]
        return found

    def _page(self) -> Page:
        return comparison_page(
            self.before, self.after, self.difference, self.parts_at, self.values, self.rules, self.changed
        )

    def _repr_html_(self) -> str:
        return page_html(self._page(), "en")

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Comparison {_short(self.before)} → {_short(self.after)}>"


def _row(what: str, name: str, entry: str, before: str | None, after: str | None) -> dict[str, str | None]:
    return {"what": what, "name": name, "entry": entry, "before": before, "after": after}


def _amount(payment: Payment | None) -> str | None:
    return None if payment is None or payment.amount is None else str(payment.amount)


def _short(side: Side) -> str:
    return f"{side.program} on {side.on}: {side.status} {_amount(side.payment) or ''}".strip()
