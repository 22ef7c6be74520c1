"""One rule's calculation in words: formula in titles and in values, rounding, branches taken, sources, place."""

from __future__ import annotations

from fractions import Fraction

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.facts.extract import Item
from civil_aid_rules.ir.nodes import Node, Round
from civil_aid_rules.ir.text import WHOLE
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.ir.values import UNKNOWN, Value
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.blocks import Work
from civil_aid_rules.render.formula import Because, Piece, branches_taken, rounding_words, with_titles, with_values
from civil_aid_rules.render.phrases import both, joined, phrase, same
from civil_aid_rules.render.shown import entry_name, number_in_formula, value_words


class Explainer:
    """Puts the steps of one evaluation into words."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self._facts = evaluation.facts

    def work(self, steps: tuple[Step, ...]) -> Work:
        """One rule: a single chain for the record, or one for each group of entries that read alike."""
        rule = steps[0].rule
        chains: dict[tuple[Bilingual, ...], list[Bilingual]] = {}
        for step in steps:
            chains.setdefault(self._chain(step), []).append(same(self._entry(step)))
        lines = tuple(
            chain if not rule.scope else (_labelled(tuple(entries), chain[0]), *chain[1:])
            for chain, entries in chains.items()
        )
        loud = (phrase("was_hypothetical"),) if rule.hypothetical else ()
        sign = "=" if isinstance(rule.type, NumberType) else "→"
        return Work(rule.title, lines, (*loud, *self._notes(steps)), _small(steps), sign)

    def value(self, step: Step) -> Bilingual:
        """A step's value with its unit."""
        return value_words(step.value, step.rule.type, self._facts, step.rule.choice_titles)

    def line(self, body: Node, step: Step, value: Value) -> tuple[Bilingual, ...]:
        """One line of a sum: formula in titles, in values, amount."""
        env = self.evaluation.env(step.rule, self._ordinal(step))
        titles, values = with_titles(body, env, self.evaluation), with_values(body, env, self.evaluation)
        return _chain((titles,), values, self._bare(value, step), value_words(value, step.rule.type, self._facts))

    def _chain(self, step: Step) -> tuple[Bilingual, ...]:
        """title = formula in titles = formula in values = value; for a list, the title is left out."""
        total = self._rounded(step)
        head = () if step.rule.scope else (step.rule.title,)
        if step.assumed:
            return (*head, phrase("assumed_value", value=self.value(step)))
        env = self.evaluation.env(step.rule, self._ordinal(step))
        body = step.rule.body.operand if isinstance(step.rule.body, Round) else step.rule.body
        titles, values = with_titles(body, env, self.evaluation), with_values(body, env, self.evaluation)
        return _chain((*head, titles), values, self._bare(step.value, step), total)

    def _bare(self, value: Value, step: Step) -> Bilingual | None:
        """A number as formulas write it, without its unit."""
        type_ = step.rule.type
        if isinstance(value, bool) or not isinstance(value, int | Fraction) or not isinstance(type_, NumberType):
            return None
        return same(number_in_formula(value, type_.unit))

    def in_short(self, step: Step) -> tuple[Bilingual, ...]:
        """The sum in one line: of a single line its formula, of several the amounts added up."""
        lines = [(named, value) for named, value in step.lines if value != 0]
        if len(lines) > 1:
            chain = self.total(step)[1:]
        elif lines and step.before_rounding in (None, step.value):
            chain = self.line(lines[0][0].body, step, lines[0][1])
        else:
            chain = self._chain(step)[0 if step.rule.scope else 1 :]
        return chain if not step.rule.scope else (_labelled((same(self._entry(step)),), chain[0]), *chain[1:])

    def total(self, step: Step) -> tuple[Bilingual, ...]:
        """The lines of a sum added up, and rounded."""
        type_ = step.rule.type
        unit = type_.unit if isinstance(type_, NumberType) else Unit()
        numbers = (value for _, value in step.lines if isinstance(value, int | Fraction) and value != 0)
        added = " + ".join(number_in_formula(number, unit) for number in numbers)
        return (phrase("total"), same(added), self._rounded(step))

    def _rounded(self, step: Step) -> Bilingual:
        """The value; with the value before rounding, where rounding changed it."""
        before, total = step.before_rounding, self.value(step)
        if before is None or before == step.value or before is UNKNOWN:
            return total
        return phrase("rounded_to", before=value_words(before, step.rule.type, self._facts), after=total)

    def _notes(self, steps: tuple[Step, ...]) -> tuple[Bilingual, ...]:
        """Why the branches were taken (each with its entries where they differ), and how the value was rounded."""
        whys: dict[Because, list[Bilingual]] = {}
        for step in steps:
            if not step.assumed:
                env = self.evaluation.env(step.rule, self._ordinal(step))
                for why in branches_taken(step.rule.body, env, self.evaluation):
                    whys.setdefault(why, []).append(same(self._entry(step)))
        notes = [_why(why, tuple(entries), len(steps), steps[0]) for why, entries in whys.items()]
        return (*notes, *(note for step in steps[:1] for note in self.rounding(step)))

    def rounding(self, step: Step) -> tuple[Bilingual, ...]:
        """The value before rounding, the step and mode, and what prescribes it."""
        body, type_ = step.rule.body, step.rule.type
        if not isinstance(body, Round) or not isinstance(type_, NumberType) or step.rule.scope:
            return ()
        if step.before_rounding is None or step.before_rounding is UNKNOWN or step.value is UNKNOWN:
            return ()
        how = rounding_words(body, type_.unit)
        before = value_words(step.before_rounding, type_, self._facts)
        changed = step.before_rounding != step.value
        text = phrase("rounding" if changed else "rounding_none", before=before, after=self.value(step), how=how)
        return (_with_citations(text, body.citations, step),)

    def _item(self, step: Step) -> Item:
        return self.evaluation.frames[step.rule.scope][self._ordinal(step)][-1]

    def _ordinal(self, step: Step) -> int:
        if not step.rule.scope:
            return 0
        frames = self.evaluation.frames[step.rule.scope]
        return next(place for place, frame in enumerate(frames) if frame[-1].path == step.entry)

    def _entry(self, step: Step) -> str:
        return entry_name(self._item(step), self._facts) if step.rule.scope else ""


def cited(citations: tuple[Citation, ...]) -> Bilingual:
    """依据：《社会救助暂行办法》第9条（法律法规）."""
    return phrase("cited", citations=shown_citations(citations))


def shown_citations(citations: tuple[Citation, ...]) -> Bilingual:
    """Citations one after the other."""
    return joined(tuple(both(citation.shown) for citation in dict.fromkeys(citations)), en="; ", zh="；")


def _labelled(entries: tuple[Bilingual, ...], text: Bilingual) -> Bilingual:
    return phrase("for_entry", entry=joined(entries), text=text)


def _why(why: Because, entries: tuple[Bilingual, ...], of: int, step: Step) -> Bilingual:
    text = _with_citations(phrase("because", text=why.text), why.citations, step)
    return text if len(entries) == of else _labelled(entries, text)


def _with_citations(text: Bilingual, citations: tuple[Citation, ...], step: Step) -> Bilingual:
    """The text with its own sources, where they are not the rule's."""
    if not citations or citations == step.rule.citations:
        return text
    return phrase("with_citations", text=text, citations=shown_citations(citations))


def _small(steps: tuple[Step, ...]) -> tuple[Bilingual, ...]:
    rule = steps[0].rule
    return (cited(rule.citations), phrase("where", at=f"{rule.at.file}:{rule.at.line}"))


def _chain(
    head: tuple[Bilingual, ...], values: Piece, bare: Bilingual | None, total: Bilingual
) -> tuple[Bilingual, ...]:
    """A chain without repeating itself: a value that is the formula already is written once, with its unit."""
    parts = [*head, values.text]
    noted = None if bare is None or values.strength < WHOLE else _noted(values.text, bare)
    if noted is not None:
        parts.pop()
        total = joined((total, noted), en="", zh="")
    distinct = [part for index, part in enumerate(parts) if index == 0 or part != parts[index - 1]]
    if distinct[-1] in (bare, total) and len(distinct) > 1:
        distinct.pop()
    return (*distinct, total)


def _noted(text: Bilingual, bare: Bilingual) -> Bilingual | None:
    """What a single value says in brackets after its number: 3（m1、m2、m3）."""
    if text.en.startswith(f"{bare.en} (") and text.zh.startswith(f"{bare.zh}（"):
        return Bilingual(en=text.en.removeprefix(bare.en), zh=text.zh.removeprefix(bare.zh))
    return None
