"""One rule's calculation in words: formula in titles and in values, rounding, branches taken, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from civil_aid_rules.backends.interpreter import evaluate
from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.trace import Step
from civil_aid_rules.ir.nodes import Cases, Constant, Named, Node, Round
from civil_aid_rules.ir.text import ADD
from civil_aid_rules.ir.types import NumberType
from civil_aid_rules.ir.values import UNKNOWN, Value
from civil_aid_rules.quantities.in_words import number_bare, number_in_formula
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.blocks import Chain, Work
from civil_aid_rules.render.branches import is_proviso
from civil_aid_rules.render.chains import chain_of
from civil_aid_rules.render.formula import branches_taken, rounding_words, with_titles, with_values
from civil_aid_rules.render.phrases import joined, phrase, same
from civil_aid_rules.render.piece import Because, Piece, added
from civil_aid_rules.render.reading import Reading
from civil_aid_rules.render.shown import aged, value_words
from civil_aid_rules.render.sources import cited, shown_citations


class Explainer:
    """Puts the steps of one evaluation into words."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def work(self, steps: tuple[Step, ...]) -> Work:
        """One rule: for the record, for each line of its sum, or for each group of entries that read alike."""
        rule = steps[0].rule
        formula, chains = self._for_entries(steps) if rule.scope else self._for_record(steps[0])
        loud = (phrase("was_hypothetical"),) if rule.hypothetical else ()
        note = () if rule.note is None else (phrase("note", text=rule.note),)
        notes = (*loud, *self._notes(steps), *self._rounding(steps), *note)
        return Work(rule.title, formula, chains, notes, (cited(rule.citations),), _sign(steps[0]))

    def value(self, step: Step) -> Bilingual:
        """A step's value with its unit."""
        return self._words(step.value, step)

    def entry(self, step: Step) -> Bilingual:
        """What the step's entry is called."""
        return self.reading.entries.name(step.entry)

    def in_short(self, step: Step) -> tuple[Bilingual, ...]:
        """The calculation in one line: of a sum with one line above zero that line, of several their amounts."""
        lines = _counting(step)
        if len(lines) == 1:
            found = self._line(lines[0][0].body, step, lines[0][1], self._total(step))
        elif lines:
            values = added([self._both(named.body, step)[1].within(ADD) for named, _ in lines])
            found = chain_of((values.text,), values, (), self._total(step))
        else:
            found = self._single(step).parts
        if not step.rule.scope:
            return found
        return phrase("for_entry", entry=self.entry(step), text=found[0]), *found[1:]

    def sums(self, step: Step) -> tuple[tuple[Bilingual, Bilingual], ...]:
        """The calculation by titles: of a sum each line above zero in values, and of several their total."""
        lines = _counting(step)
        if not lines:
            return ((step.rule.title, joined(self._single(step).parts, en=" = ", zh=" = ")),)
        total = self._total(step) if len(lines) == 1 else None
        found = [(named.text or same(named.id), self._line_in_values(named.body, step, v, total)) for named, v in lines]
        if total is None:
            found.append((phrase("total"), joined(self._total_of(step).parts, en=" = ", zh=" = ")))
        return tuple(found)

    def _line_in_values(self, body: Node, step: Step, value: Value, total: Bilingual | None) -> Bilingual:
        _, values = self._both(body, step)
        chain = chain_of((), values, self._bare(value, step), total or self._words(value, step))
        return joined(chain, en=" = ", zh=" = ")

    # --- for the record ----------------------------------------------------------------------------------------------

    def _for_record(self, step: Step) -> tuple[Bilingual | None, tuple[Chain, ...]]:
        lines = _counting(step)
        if not lines:
            return None, (self._single(step),)
        total = self._total(step) if len(lines) == 1 and step.value is not UNKNOWN else None
        chains = [
            Chain(self._line(named.body, step, value, total), above=named.text, source=_own_source(named, step))
            for named, value in lines
        ]
        return None, tuple([*chains, self._total_of(step)] if len(lines) > 1 else chains)

    def _single(self, step: Step) -> Chain:
        if step.assumed:
            return Chain((phrase("assumed_value", value=self.value(step)),))
        if isinstance(_inside(step.rule.body), Constant):
            return Chain((self._total(step),))
        titles, values = self._both(step.rule.body, step)
        head = (titles.text,) if titles.text != step.rule.title else ()
        supposed = self._if_so(step)
        if supposed is not None:
            return Chain(chain_of(head, values, self._bare(supposed, step), self._words(supposed, step)))
        if step.value == 0 and values.text == same("0"):
            return Chain((self._total(step),))
        return Chain(chain_of(head, values, self._bare(step.value, step), self._total(step)))

    def _if_so(self, step: Step) -> Value | None:
        """The value that a rule has if what its `when` asks holds, where that is not known yet."""
        body, env = _inside(step.rule.body), self.reading.env(step)
        if step.value is not UNKNOWN or not isinstance(body, Cases) or not is_proviso(body):
            return None
        if evaluate(body.branches[0].test, env) is not UNKNOWN:
            return None
        return evaluate(body.branches[0].value, env)

    def _line(self, body: Node, step: Step, value: Value, total: Bilingual | None) -> tuple[Bilingual, ...]:
        """One line of a sum: formula in titles, in values, amount."""
        titles, values = self._both(body, step)
        return chain_of((titles.text,), values, self._bare(value, step), total or self._words(value, step))

    def _total_of(self, step: Step) -> Chain:
        """The lines of a sum added up, and rounded."""
        type_ = step.rule.type
        unit = type_.unit if isinstance(type_, NumberType) else Unit()
        numbers = [value for _, value in _counting(step) if isinstance(value, int | Fraction)]
        if len(numbers) < len(_counting(step)):
            return Chain((self._total(step),), phrase("total"))
        amounts = " ".join(
            f"− {number_in_formula(-number, unit)}" if number < 0 else f"+ {number_in_formula(number, unit)}"
            for number in numbers
        ).removeprefix("+ ")
        return Chain((same(amounts), self._total(step)), phrase("total"))

    # --- for each entry ----------------------------------------------------------------------------------------------

    def _for_entries(self, steps: tuple[Step, ...]) -> tuple[Bilingual | None, tuple[Chain, ...]]:
        """Entries that read alike share a line; a formula that all share stands once, above them."""
        parts = {step.entry: self._entry_parts(step) for step in steps}
        heads = {None if len(parts[step.entry]) < 2 or _counting(step) else parts[step.entry][0] for step in steps}
        common = heads.pop() if len(heads) == 1 else None
        groups: dict[tuple[Bilingual, ...], list[Bilingual]] = {}
        for step in steps:
            found = parts[step.entry]
            groups.setdefault(found if common is None else found[1:], []).append(self.entry(step))
        return common, tuple(Chain(found, joined(tuple(names))) for found, names in groups.items())

    def _entry_parts(self, step: Step) -> tuple[Bilingual, ...]:
        lines = _counting(step)
        if not lines or step.assumed:
            return self._single(step).parts
        texts = [
            phrase("option", title=named.text or same(named.id), value=self._both(named.body, step)[1].text)
            for named, _ in lines
        ]
        return (joined(tuple(texts), en=" + ", zh=" + "), self._total(step))

    # --- parts -------------------------------------------------------------------------------------------------------

    def _both(self, body: Node, step: Step) -> tuple[Piece, Piece]:
        """A body in titles and in values; that the whole is rounded is said with the total."""
        env = self.reading.env(step)
        inner = _inside(body)
        return with_titles(inner, env, self.reading), with_values(inner, env, self.reading)

    def _words(self, value: Value, step: Step) -> Bilingual:
        words = value_words(value, step.rule.type, self.reading.entries, step.rule.choice_titles)
        return aged(words, step.rule.type, step.rule.title)

    def _bare(self, value: Value, step: Step) -> tuple[Bilingual, ...]:
        """A number as formulas write it, without its unit, with brackets and without."""
        type_ = step.rule.type
        if isinstance(value, bool) or not isinstance(value, int | Fraction) or not isinstance(type_, NumberType):
            return ()
        return same(number_bare(value, type_.unit)), same(number_in_formula(value, type_.unit))

    def _total(self, step: Step) -> Bilingual:
        """The value; with the value before rounding, where rounding changed it."""
        before, total = step.before_rounding, self.value(step)
        if before is None or before == step.value or before is UNKNOWN:
            return total
        return phrase("rounded_to", before=self._words(before, step), after=total)

    def _notes(self, steps: tuple[Step, ...]) -> Iterator[Bilingual]:
        """Why the branches were taken (with the entries where these differ), and which lines of a sum are 0."""
        whys: dict[Because, list[Bilingual]] = {}
        for step in steps:
            for why in () if step.assumed else self._whys(step):
                whys.setdefault(why, []).append(self.entry(step))
        for why, entries in whys.items():
            text = _with_citations(why, steps[0])
            yield text if len(entries) == len(steps) else phrase("for_entry", entry=joined(tuple(entries)), text=text)
        if not steps[0].rule.scope and _counting(steps[0]):
            zeros = tuple(named.text or same(named.id) for named in self._zero_lines(steps[0]))
            if zeros:
                yield phrase("other_lines", lines=joined(zeros, en="; ", zh="；"))

    def _zero_lines(self, step: Step) -> Iterator[Named]:
        """The lines that are 0, without those whose own `when` does not hold: they are no part of this sum."""
        env = self.reading.env(step)
        for named, value in step.lines:
            body = named.body
            left_out = isinstance(body, Cases) and is_proviso(body) and evaluate(body.branches[0].test, env) is False
            if value == 0 and not left_out:
                yield named

    def _whys(self, step: Step) -> tuple[Because, ...]:
        """Of a sum only what its counting lines rest on."""
        env = self.reading.env(step)
        lines = _counting(step)
        bodies = [named.body for named, _ in lines] if lines else [step.rule.body]
        whys = tuple(why for body in bodies for why in branches_taken(body, env, self.reading))
        still_open = lines and self._if_so(step) is not None
        return (*whys, *(why for why in branches_taken(step.rule.body, env, self.reading)[:1] if still_open))

    def _rounding(self, steps: tuple[Step, ...]) -> Iterator[Bilingual]:
        """How values were rounded and what prescribes it, where rounding changed one."""
        body, type_ = steps[0].rule.body, steps[0].rule.type
        changed = any(step.before_rounding not in (None, UNKNOWN, step.value) for step in steps)
        if changed and isinstance(body, Round) and isinstance(type_, NumberType):
            how = rounding_words(body, type_.unit)
            yield phrase("rounding", how=how, citations=shown_citations(body.citations))


def merged(works: list[Work]) -> tuple[Work, ...]:
    """Works that follow one another and say the same of different things, said once."""
    found: list[Work] = []
    for work in works:
        last = found[-1] if found else None
        if last is not None and replace(last, title=work.title) == work:
            found[-1] = replace(work, title=joined((last.title, work.title)))
        else:
            found.append(work)
    return tuple(found)


def _inside(body: Node) -> Node:
    """A body without its rounding."""
    return body.operand if isinstance(body, Round) else body


def _counting(step: Step) -> list[tuple[Named, Value]]:
    """The lines of a sum that are not 0."""
    return [(named, value) for named, value in step.lines if value != 0]


def _sign(step: Step) -> str:
    return "=" if isinstance(step.rule.type, NumberType) else "→"


def _with_citations(why: Because, step: Step) -> Bilingual:
    """The text with its own sources, where they are not the rule's."""
    own = tuple(citation for citation in why.citations if citation not in step.rule.citations)
    return why.text if not own else phrase("with_citations", text=why.text, citations=shown_citations(own))


def _own_source(named: Named, step: Step) -> Bilingual | None:
    """The sources of a line, where they are not all the rule's."""
    own = any(citation not in step.rule.citations for citation in named.citations)
    return cited(named.citations) if own else None
