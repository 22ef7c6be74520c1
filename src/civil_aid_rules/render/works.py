"""One rule's calculation in words: formula in titles, in values, the value; rounding, branches taken, sources, place."""

from __future__ import annotations

from civil_aid_rules.backends.evaluation import Evaluation
from civil_aid_rules.citations import Bilingual, Citation
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.facts.extract import Item
from civil_aid_rules.ir.nodes import Node, Round
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.ir.values import UNKNOWN, Value
from civil_aid_rules.render.blocks import Work
from civil_aid_rules.render.formula import Because, branches_taken, rounding_words, with_titles, with_values
from civil_aid_rules.render.phrases import both, joined, phrase, same
from civil_aid_rules.render.shown import entry_name, value_words


class Explainer:
    """Puts the steps of one evaluation into words."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation

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
        return Work(rule.title, lines, self._notes(steps), _small(steps), rule.hypothetical)

    def value(self, step: Step) -> Bilingual:
        """A step's value with its unit."""
        return value_words(step.value, step.rule.type, self.evaluation.facts, step.rule.choice_titles)

    def line(self, body: Node, step: Step, value: Value, label: Bilingual | None) -> tuple[Bilingual, ...]:
        """One line of a sum: label, formula in titles, in values, amount."""
        env = self.evaluation.env(step.rule, self._ordinal(step))
        titles, values = with_titles(body, env, self.evaluation), with_values(body, env, self.evaluation)
        total = value_words(value, step.rule.type, self.evaluation.facts)
        return _distinct(((label,) if label is not None else ()) + (titles, values, total))

    def _chain(self, step: Step) -> tuple[Bilingual, ...]:
        """title = formula in titles = formula in values = value; for a list, the title is left out."""
        total = self.value(step)
        head = () if step.rule.scope else (step.rule.title,)
        if step.assumed:
            return (*head, phrase("assumed_value", value=total))
        env = self.evaluation.env(step.rule, self._ordinal(step))
        body = step.rule.body.operand if isinstance(step.rule.body, Round) else step.rule.body
        titles, values = with_titles(body, env, self.evaluation), with_values(body, env, self.evaluation)
        before = self._before(step)
        return _distinct((*head, titles, values, *before, total))

    def _before(self, step: Step) -> tuple[Bilingual, ...]:
        """The value before rounding, where rounding changed it."""
        if step.before_rounding is None or step.before_rounding == step.value or step.before_rounding is UNKNOWN:
            return ()
        return (value_words(step.before_rounding, step.rule.type, self.evaluation.facts),)

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
        before = value_words(step.before_rounding, type_, self.evaluation.facts)
        changed = step.before_rounding != step.value
        text = phrase("rounding" if changed else "rounding_none", before=before, after=self.value(step), how=how)
        return (text, cited(body.citations)) if body.citations else (text,)

    def _item(self, step: Step) -> Item:
        return self.evaluation.frames[step.rule.scope][self._ordinal(step)][-1]

    def _ordinal(self, step: Step) -> int:
        if not step.rule.scope:
            return 0
        frames = self.evaluation.frames[step.rule.scope]
        return next(place for place, frame in enumerate(frames) if frame[-1].path == step.entry)

    def _entry(self, step: Step) -> str:
        return entry_name(self._item(step), self.evaluation.facts) if step.rule.scope else ""


def cited(citations: tuple[Citation, ...]) -> Bilingual:
    """依据：《社会救助暂行办法》第9条（法律法规）."""
    return phrase("cited", citations=shown_citations(citations))


def shown_citations(citations: tuple[Citation, ...]) -> Bilingual:
    """Citations one after the other."""
    return joined(tuple(both(citation.shown) for citation in dict.fromkeys(citations)), en="; ", zh="；")


def _labelled(entries: tuple[Bilingual, ...], text: Bilingual) -> Bilingual:
    return phrase("for_entry", entry=joined(entries), text=text)


def _why(why: Because, entries: tuple[Bilingual, ...], of: int, step: Step) -> Bilingual:
    text = phrase("because", text=why.text)
    if why.citations and why.citations != step.rule.citations:
        text = phrase("with_citations", text=text, citations=shown_citations(why.citations))
    return text if len(entries) == of else _labelled(entries, text)


def _small(steps: tuple[Step, ...]) -> tuple[Bilingual, ...]:
    rule = steps[0].rule
    return (cited(rule.citations), phrase("where", at=f"{rule.at.file}:{rule.at.line}"))


def _distinct(parts: tuple[Bilingual, ...]) -> tuple[Bilingual, ...]:
    """A chain without repeating itself: a value that is the formula already is written once, with its unit."""
    kept: list[Bilingual] = []
    for index, part in enumerate(parts):
        if kept and part == kept[-1]:
            continue
        if kept and index == len(parts) - 1 and _is_bare(kept[-1], part) and len(kept) > 1:
            kept.pop()
        kept.append(part)
    return tuple(kept)


def _is_bare(bare: Bilingual, full: Bilingual) -> bool:
    """Whether `full` is `bare` with a unit."""
    return full.en == bare.en or full.en.startswith(bare.en + " ")

