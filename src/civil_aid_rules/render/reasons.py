"""The deciding conditions in words, with how far they were from their limit, and what is missing with its place."""

from __future__ import annotations

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Margin, Missing, Reason
from civil_aid_rules.ir.nodes import Comparison, Constant, Named, Node, ParameterRead
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.traverse import walk
from civil_aid_rules.ir.values import Exact
from civil_aid_rules.quantities.numbers import read_exact_text
from civil_aid_rules.quantities.units import Unit, parse_unit
from civil_aid_rules.render.blocks import Mark, Point
from civil_aid_rules.render.formula import with_titles
from civil_aid_rules.render.phrases import joined, level, phrase
from civil_aid_rules.render.shown import entry_name, money
from civil_aid_rules.render.works import cited

_MARKS: dict[str, Mark] = {"yes": "yes", "no": "no", "unknown": "unknown"}


class Places:
    """Says which entry of the record a place names: by id where the record is at hand, else by the place itself."""

    def __init__(self, evaluation: Evaluation | None) -> None:
        self._names: dict[str, str] = {}
        if evaluation is not None:
            items = (item for scope, held in evaluation.facts.items.items() if scope for item in held)
            self._names = {item.path: entry_name(item, evaluation.facts) for item in items}

    def name(self, path: str) -> str:
        """The entry at a path, `$.members[0]`."""
        return self._names.get(path, path.removeprefix("$."))

    def titled(self, entry: str | None, text: Bilingual) -> Bilingual:
        """A text with the entry that it is about; the record itself goes without saying."""
        return text if entry in (None, "$") else phrase("for_entry", entry=self.name(str(entry)), text=text)

    def missing_title(self, item: Missing) -> Bilingual:
        """The title of what is missing, with the entry that it is missing from."""
        entry = item.name.rpartition(".")[0]
        known = item.kind == "fact" and entry in self._names
        return self.titled(entry, item.title) if known else item.title

    def missing_point(self, item: Missing) -> Point:
        """What is missing, who is to set it, and what waits for it."""
        place = item.name.removeprefix("$.")
        kind = phrase(f"missing_{item.kind}", place=place)
        if item.kind == "parameter" and item.set_by:
            who = joined(tuple(level(name) for name in item.set_by), en=" or ", zh="或")
            kind = phrase("missing_parameter_by", place=place, who=who)
        waits = tuple(phrase(f"holds_{what}") for what in item.holds_up)
        return Point(self.missing_title(item), "unknown", (kind, joined(waits, en="; ", zh="；")))


def reason_points(reasons: tuple[Reason, ...], evaluation: Evaluation | None, places: Places) -> tuple[Point, ...]:
    """Each condition or exception: whether it is met, in plain words, by how much, on what authority."""
    return tuple(_point(reason, evaluation, places) for reason in reasons)


def reason_text(reason: Reason, evaluation: Evaluation | None, places: Places) -> Bilingual:
    """One reason in one breath: how far from the limit, else whether the condition is met."""
    if reason.margin is not None:
        return places.titled(reason.entry, _gap(reason, reason.margin, evaluation))
    text = phrase("settled", state=phrase(f"{reason.kind}_{reason.holds}"), text=reason.text)
    return places.titled(reason.entry, text)


def _point(reason: Reason, evaluation: Evaluation | None, places: Places) -> Point:
    state = phrase(f"{reason.kind}_{reason.holds}")
    text = places.titled(reason.entry, phrase("settled", state=state, text=reason.text))
    mark: Mark = "plain" if reason.kind == "exception" else _MARKS[reason.holds]
    gap = () if reason.margin is None else (_gap(reason, reason.margin, evaluation),)
    return Point(text, mark, (*gap, cited(reason.citations)))


def _gap(reason: Reason, margin: Margin, evaluation: Evaluation | None) -> Bilingual:
    """家庭月人均收入 300.00元，城市低保标准 480.00元，低于标准 180.00元."""
    unit = parse_unit(margin.unit) or Unit()
    value, limit, gap = _exact(margin.value), _exact(margin.limit), _exact(margin.amount)
    what, against = _sides(reason, evaluation)
    if against is None:
        return phrase("is_value", what=what, value=money(value, unit))
    key = "gap_equal" if gap == 0 else "gap_below" if gap > 0 else "gap_above"
    words = {"value": money(value, unit), "limit": money(limit, unit), "gap": money(gap if gap > 0 else -gap, unit)}
    return phrase(key, what=what, limit_title=against, **words)


def _exact(text: str) -> Exact:
    found = read_exact_text(text)
    return 0 if found is None else found


def _sides(reason: Reason, evaluation: Evaluation | None) -> tuple[Bilingual, Bilingual | None]:
    """What is compared with what, by title; no limit where it is a written number."""
    found = None if evaluation is None else _compared(reason, evaluation)
    if found is None or evaluation is None:
        return phrase("the_value"), phrase("the_limit")
    rule, node = found
    value, limit = (node.right, node.left) if isinstance(node.left, ParameterRead) else (node.left, node.right)
    env = evaluation.env(rule, 0) if evaluation.frames[rule.scope] else None
    if env is None:
        return phrase("the_value"), phrase("the_limit")
    against = None if isinstance(limit, Constant) else with_titles(limit, env, evaluation)
    return with_titles(value, env, evaluation), against


def _compared(reason: Reason, evaluation: Evaluation) -> tuple[Rule, Comparison] | None:
    """The comparison that a condition is."""
    rule = next((rule for rule in evaluation.program.rules if rule.key == reason.rule), None)
    if rule is None:
        return None
    conditions: list[Node] = [node.body for node in walk(rule.body) if isinstance(node, Named) and node.id == reason.id]
    return next(((rule, body) for body in conditions if isinstance(body, Comparison)), None)
