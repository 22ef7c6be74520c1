"""What an applicant is asked for: first the fewest papers with which an award becomes possible, each named once.

Papers that every way to an award needs come first; where ways differ, each is a group to choose from; then what may be
needed after all, so that nobody is told twice. What the office establishes itself is not asked for, nor is a legal
value that nobody has set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Missing
from civil_aid_rules.determinations.ways import ways_to_award
from civil_aid_rules.errors import Both, EvaluationError, problem
from civil_aid_rules.ir.notices import Paper
from civil_aid_rules.render.blocks import Paragraph, Point, Points, Section
from civil_aid_rules.render.notice_case import Case
from civil_aid_rules.render.notice_fit import NOTICE_NAMES
from civil_aid_rules.render.phrases import joined, phrase

_ONLY_THE_OFFICE = Both("a determination that lacks something of the applicant", "有事项须由申请人补充材料的认定")
_OFFICE_MATTERS = Both("matters of the office alone", "所缺均为机关自身事项的认定")


@dataclass(frozen=True, slots=True)
class Request:
    """A paper to bring, and what it is for. Without a paper of its own, a fact is asked for in writing."""

    title: Bilingual
    facts: tuple[Missing, ...]


def papers_sections(case: Case, papers: tuple[Paper, ...]) -> Iterator[Section]:
    """The papers to bring, then what the office looks up itself. Raises EvaluationError where nothing is to bring."""
    facts = [item for item in case.result.missing if item.kind == "fact"]
    office = [item for item in facts if _is_for_office(item, papers)]
    own = [item for item in facts if item not in office]
    if not own:
        kind, found = NOTICE_NAMES["missing"], _OFFICE_MATTERS
        raise EvaluationError([problem("notice-unfit", "kind", found=found, expected=_ONLY_THE_OFFICE, kind=kind)])
    needed, groups, rest = _asked(case, own, papers)
    if needed:
        yield Section(phrase("papers_needed"), (_points(needed, case),))
    if groups:
        choices = Points(tuple(_choice(group, case) for group in groups), numbered=True)
        yield Section(phrase("papers_besides" if needed else "papers_either"), (choices,))
    if rest:
        yield Section(phrase("papers_rest" if needed or groups else "papers_needed"), (_points(rest, case),))
    if office:
        titles = joined(tuple(request.title for request in _requests(office, papers)), en="; ", zh="；")
        yield Section(phrase("office_looks"), (Paragraph(titles),))


def _asked(
    case: Case, facts: list[Missing], papers: tuple[Paper, ...]
) -> tuple[tuple[Request, ...], tuple[tuple[Request, ...], ...], tuple[Request, ...]]:
    """What is needed whichever way is taken, the groups of which one is needed besides, and the rest.

    The rest may be needed after all, when it is known what the first papers say; all of it is named at once.
    """
    paper: dict[str, Paper | str] = {item.name: _paper_of(item, papers) or item.name for item in facts}
    ways = _fewest((way.intersection(paper) for way in ways_to_award(case.evaluation)), paper)
    always = frozenset.intersection(*ways) if ways else frozenset(paper)
    named = {paper[name] for way in (always, *ways) for name in way}
    groups = (_requests([item for item in facts if item.name in way - always], papers) for way in ways)
    return (
        _requests([item for item in facts if item.name in always], papers),
        tuple(group for group in groups if group),
        _requests([item for item in facts if paper[item.name] not in named], papers),
    )


def _fewest(ways: Iterable[frozenset[str]], paper: Mapping[str, object]) -> list[frozenset[str]]:
    """The ways whose papers contain those of no other, the fewest papers first; one of each set of papers."""
    by_papers: dict[frozenset[object], frozenset[str]] = {}
    for way in ways:
        by_papers.setdefault(frozenset(paper[name] for name in way), way)
    kept = [held for held in by_papers if not any(other < held for other in by_papers)]
    return [by_papers[held] for held in sorted(kept, key=lambda held: (len(held), sorted(by_papers[held])))]


def _requests(facts: list[Missing], papers: tuple[Paper, ...]) -> tuple[Request, ...]:
    """The papers for these facts in the order of the pack, then the facts that no paper supplies."""
    by_paper: dict[Paper | str, list[Missing]] = {paper: [] for paper in papers}
    for item in facts:
        by_paper.setdefault(_paper_of(item, papers) or item.name, []).append(item)
    return tuple(
        Request(key.title if isinstance(key, Paper) else phrase("statement", title=held[0].title), tuple(held))
        for key, held in by_paper.items()
        if held
    )


def _is_for_office(item: Missing, papers: tuple[Paper, ...]) -> bool:
    paper = _paper_of(item, papers)
    return paper is not None and paper.by_office


def _paper_of(item: Missing, papers: tuple[Paper, ...]) -> Paper | None:
    """The paper that supplies a fact: of several, the one that names it most closely."""
    path = re.sub(r"\[\d+\]", "", item.name).removeprefix("$.")
    found = [(len(lead), paper) for paper in papers for lead in paper.supplies if f"{path}.".startswith(f"{lead}.")]
    return max(found, key=lambda pair: pair[0])[1] if found else None


# --- in words ---------------------------------------------------------------------------------------------------------


def _points(requests: tuple[Request, ...], case: Case) -> Points:
    small = (phrase("for_facts", facts=_facts(request, case)) for request in requests)
    return Points(tuple(Point(request.title, small=(said,)) for request, said in zip(requests, small, strict=True)))


def _choice(group: tuple[Request, ...], case: Case) -> Point:
    """One group to choose, with what it is for."""
    titles = joined(tuple(request.title for request in group), en="; ", zh="；")
    facts = joined(tuple(_facts(request, case) for request in group), en="; ", zh="；")
    return Point(titles, small=(phrase("for_facts", facts=facts),))


def _facts(request: Request, case: Case) -> Bilingual:
    """The facts by title, each with the persons that it is wanted of."""
    owners: dict[Bilingual, list[Bilingual]] = {}
    for item in request.facts:
        owner = case.reading.entries.owner(item.name)
        owners.setdefault(item.title, []).extend([] if owner is None else [owner])
    named = (
        phrase("fact_of", title=title, owners=joined(tuple(held))) if held else title for title, held in owners.items()
    )
    return joined(tuple(named), en="; ", zh="；")
