"""A result as an outline: what was decided, how much, why, how the sum is made, and all that it rests on.

Knows no rule and no program: it works from titles, types and nodes. Without an evaluation (a result read back
without its record) the calculation is left out.
"""

from __future__ import annotations

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import AssumedValue, Missing, OutcomeLine, Result
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.quantities.units import parse_unit
from civil_aid_rules.render.blocks import Block, Outline, Pairs, Paragraph, Point, Points, Section, Work, Works
from civil_aid_rules.render.head import head_of, paying, per_period
from civil_aid_rules.render.legal_values import legal_values
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.reasons import Places, reason_points
from civil_aid_rules.render.resting import Resting, resting
from civil_aid_rules.render.shown import day, text_words
from civil_aid_rules.render.works import Explainer, cited

_MOST_NAMED = 3
_DIGITS = 12


def outline(result: Result, evaluation: Evaluation | None = None) -> Outline:
    """The outline of a result; with its evaluation also the calculation and the legal values."""
    places = Places(evaluation)
    rests = None if evaluation is None else resting(evaluation)
    sections = [*_reasons(result, evaluation, places), *_lines(result, evaluation, places), *_missing(result, places)]
    if evaluation is not None and rests is not None:
        sections += [*_calculation(result, evaluation, rests), *legal_values(rests.parameters)]
    sections += [*_beside(result), *_assumed(result, places), *_flags(result, places)]
    sections += [*_notices(result), *_identity(result)]
    warnings = (phrase("hypothetical_banner"),) if _is_hypothetical(result) else ()
    title = phrase("explanation", title=result.title)
    head = head_of(result, evaluation, rests, places)
    return Outline(title, result.status, head, warnings, tuple(sections), phrase("disclaimer"))


def _is_hypothetical(result: Result) -> bool:
    used = result.identity
    changed = any(value.hypothetical for value in used.values) or any(rule.hypothetical for rule in used.rules)
    return changed or any(item.kind == "scenario" for item in used.overlays)


# --- why -------------------------------------------------------------------------------------------------------------


def _reasons(result: Result, evaluation: Evaluation | None, places: Places) -> list[Section]:
    deciding = reason_points(tuple(r for r in result.reasons if r.decided), evaluation, places)
    others = reason_points(tuple(r for r in result.reasons if not r.decided), evaluation, places)
    found: list[Section] = []
    if deciding:
        found.append(Section(phrase("reasons"), (Points(deciding),)))
    if others:
        found.append(Section(phrase("other_reasons"), (Points(others),)))
    return found


def _lines(result: Result, evaluation: Evaluation | None, places: Places) -> list[Section]:
    """One point per entry, where a program decides for each of a list."""
    points = tuple(point for line in result.lines for point in _line(line, result, evaluation, places))
    return [Section(phrase("lines"), (Points(points),))] if points else []


def _line(line: OutcomeLine, result: Result, evaluation: Evaluation | None, places: Places) -> tuple[Point, ...]:
    text = phrase(line.status)
    if result.payment is not None:
        amount = phrase("amount_open") if line.amount is None else per_period(line.amount, result.payment)
        text = joined((text, amount), en=", ", zh="，")
    mark = {"eligible": "yes", "ineligible": "no"}.get(line.status, "unknown")
    point = Point(phrase("for_entry", entry=places.name(line.entry), text=text), mark)  # type: ignore[arg-type]
    decided = tuple(reason.model_copy(update={"entry": None}) for reason in line.reasons if reason.decided)
    whys = tuple(why.text for why in reason_points(decided, evaluation, places))
    return (Point(point.text, point.mark, whys),)


# --- the sum ---------------------------------------------------------------------------------------------------------


def _calculation(result: Result, evaluation: Evaluation, rests: Resting) -> list[Section]:
    explainer = Explainer(evaluation)
    found: list[Section] = []
    if result.status == "eligible":
        found += _sum(paying(evaluation, rests), explainer)
    if rests.main:
        works = tuple(explainer.work(steps) for steps in rests.main)
        found.append(Section(phrase("steps"), (Works(works, numbered=True),)))
    if rests.details:
        works = tuple(explainer.work(steps) for steps in rests.details)
        found.append(Section(phrase("details"), (Works(works, numbered=False),), folded=True))
    return found


def _sum(steps: list[Step], explainer: Explainer) -> list[Section]:
    """What the payment consists of, where it has more than one line above zero; of a single one the head speaks."""
    works: list[Work] = []
    for step in steps:
        lines = [(named, value) for named, value in step.lines if value != 0]
        if len(lines) > 1:
            chains = [explainer.line(named.body, step, value) for named, value in lines]
            labelled = (_labelled(named.text, chain) for (named, _), chain in zip(lines, chains, strict=True))
            chains = [*labelled, explainer.total(step)]
            works.append(Work(explainer.work((step,)).title, tuple(chains), explainer.rounding(step)))
    return [Section(phrase("sum"), (Works(tuple(works), numbered=False),))] if works else []


def _labelled(title: Bilingual | None, chain: tuple[Bilingual, ...]) -> tuple[Bilingual, ...]:
    return chain if title is None else (phrase("for_entry", entry=title, text=chain[0]), *chain[1:])


# --- what stands beside, what is missing, assumed, flagged -----------------------------------------------------------


def _beside(result: Result) -> list[Section]:
    pairs = tuple((item.title, text_words(item.value, item.unit, parse_unit(item.unit))) for item in result.beside)
    return [Section(phrase("beside"), (Pairs(pairs),))] if pairs else []


def _missing(result: Result, places: Places) -> list[Section]:
    if not result.missing:
        return []
    blocks: list[Block] = [Points(tuple(places.missing_point(item) for item in result.missing))]
    by_name = {item.name: item for item in result.missing}
    if len(result.alternatives) > 1:
        sets = tuple(Point(_together(names, by_name, places)) for names in result.alternatives)
        more = (Point(phrase("alternatives_truncated")),) if result.alternatives_truncated else ()
        blocks += [Paragraph(phrase("alternatives")), Points((*sets, *more))]
    return [Section(phrase("missing"), tuple(blocks))]


def _together(names: tuple[str, ...], by_name: dict[str, Missing], places: Places) -> Bilingual:
    titles = [places.missing_title(by_name[name]) if name in by_name else same(name) for name in names]
    text = joined(tuple(titles[:-1]))
    return titles[-1] if len(titles) == 1 else phrase("together", left=text, right=titles[-1])


def _assumed(result: Result, places: Places) -> list[Section]:
    points = tuple(_assumption(item, result, places) for item in result.assumed)
    return [Section(phrase("assumed"), (Points(points),))] if points else []


def _assumption(item: AssumedValue, result: Result, places: Places) -> Point:
    what, value = places.titled(item.entry, item.title), _exact_value(item.rule, item.value, result)
    return Point(phrase("settled", state=what, text=value), small=(cited(item.citations),))


def _exact_value(rule: str, text: str, result: Result) -> Bilingual:
    type_name = result.values[rule].type if rule in result.values else "text"
    return text_words(text, type_name, parse_unit(type_name))


def _flags(result: Result, places: Places) -> list[Section]:
    points = tuple(Point(places.titled(flag.entry, flag.text), small=(cited(flag.citations),)) for flag in result.flags)
    return [Section(phrase("flags"), (Paragraph(phrase("flags_note")), Points(points)))] if points else []


def _notices(result: Result) -> list[Section]:
    points = tuple(Point(notice) for notice in result.notices)
    return [Section(phrase("notices"), (Points(points),))] if points else []


# --- identity --------------------------------------------------------------------------------------------------------


def _identity(result: Result) -> list[Section]:
    used = result.identity
    engine = phrase("engine_value", version=used.engine, semantics=used.semantics)
    pairs = [(phrase("engine"), engine), (phrase("program_digest"), _short(used.program))]
    pairs += [(phrase("pack_digest", name=name), _short(held)) for name, held in sorted(used.packs.items())]
    pairs += [(phrase(f"overlay_{item.kind}"), _overlay(item.title, item.digest)) for item in used.overlays]
    pairs.append((phrase("record_digest"), _short(result.record_digest)))
    if result.known_on is not None:
        pairs.append((phrase("known_on"), day(result.known_on)))
    start = phrase("first_day") if used.valid_from is None else day(used.valid_from)
    end = phrase("last_day") if used.valid_until is None else day(used.valid_until)
    pairs.append((phrase("valid"), phrase("period", start=start, end=end)))
    return [Section(phrase("identity"), (Pairs(tuple(pairs)),), folded=True)]


def _overlay(title: Bilingual, held: str) -> Bilingual:
    return joined((title, _short(held)), en=", ", zh="，")


def _short(digest: str) -> Bilingual:
    return same(digest.removeprefix("sha256:")[:_DIGITS])
