"""The notices of a program: the parts that its packs state, resolved and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.compiler.namespace import DeclaredParameter, Namespace
from civil_aid_rules.compiler.outcome_parts import beside_of, signature_of, slot_of
from civil_aid_rules.compiler.read_values import read_citations
from civil_aid_rules.compiler.scope import NotInForce, RuleScope, Signature
from civil_aid_rules.compiler.wording import not_in_force, type_words
from civil_aid_rules.errors import Both, problem
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.ir.notices import Beside, NoticeForm, NoticeKind, Notices, Paper, PublicField, Said, Wording
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Rule
from civil_aid_rules.ir.types import DateType, YesNoType
from civil_aid_rules.names import instead_of
from civil_aid_rules.packs.blocks import Block, Text
from civil_aid_rules.packs.notice_models import (
    ChangeNoticeBlock,
    NoticeBlock,
    NoticesBlock,
    PaperBlock,
    PlainNoticeBlock,
    PublicNoticeBlock,
    SaidBlock,
    WordingBlock,
)

AnyNotice = NoticeBlock | ChangeNoticeBlock | PlainNoticeBlock | PublicNoticeBlock
Aside = Callable[[str], ParameterValue | NotInForce]
"""A legal value on the day decided that no result rests on, by its key."""

_A_DAY = Both("a value of type date", "日期类型的值")
_A_FLAG = Both("a flag of the outcome", "outcome 中的 flag 规则")
_FOR_EACH_ENTRY = Both("a yes/no rule for each entry of a list", "对列表每一项判断是或否的规则")
_A_SPAN = Both("a parameter in days, months or years, with a whole number", "以 day、month 或 year 计的整数参数")
_A_REMEDY = Both("list it under remedies:", "请在 remedies: 下列出")
_SPANS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the parts of a program's notices are read with."""

    names: Namespace
    scope: RuleScope
    signatures: Mapping[str, Signature | NotInForce]
    rules: Sequence[Rule]
    aside: Aside

    @property
    def title(self) -> Bilingual:
        """The program's title, which texts name as {program}."""
        return self.names.program.block.title

    def fault(self, code: str, text: Text, found: object, expected: object) -> None:
        """Report a text that cannot stand where it does."""
        self.scope.problems.append(problem(code, text.at, found=found, expected=expected))


def compile_notices(
    names: Namespace,
    scope: RuleScope,
    signatures: Mapping[str, Signature | NotInForce],
    rules: Sequence[Rule],
    aside: Aside,
) -> Notices | None:
    """The notices; None where no pack of the program says anything of them. Faults are among the scope's problems."""
    block = names.notices
    if block is None:
        return None
    sides = _Sides(names, scope, signatures, rules, aside)
    remedies = {name: _said(item, sides) for name, item in block.remedies.items()}
    return Notices(
        people=_people(block.people, sides),
        received_on=_day(block.received_on, sides),
        papers=tuple(_papers(block, sides)),
        forms=tuple(_form(kind, item, block.office, remedies, sides) for kind, item in _stated(block)),
    )


def _stated(block: NoticesBlock) -> Iterator[tuple[NoticeKind, AnyNotice]]:
    """The kinds of notices that are worded."""
    kinds: tuple[tuple[NoticeKind, AnyNotice | None], ...] = (
        ("approval", block.approval),
        ("refusal", block.refusal),
        ("change", block.change),
        ("stop", block.stop),
        ("missing", block.missing),
        ("public", block.public),
    )
    yield from ((kind, item) for kind, item in kinds if item is not None)


def _form(
    kind: NoticeKind, block: AnyNotice, office: Bilingual | None, remedies: Mapping[str, Said | None], sides: _Sides
) -> NoticeForm:
    wording: list[NoticeBlock | PlainNoticeBlock | PublicNoticeBlock | WordingBlock]
    wording = [block.more, block.less] if isinstance(block, ChangeNoticeBlock) else [block]
    decides = block if isinstance(block, NoticeBlock | ChangeNoticeBlock) else None
    wanted = [] if decides is None else [_remedy(name, remedies, sides) for name in decides.remedies]
    return NoticeForm(
        kind=kind,
        wording=tuple(
            Wording(_text(item, "title", item.title, sides), _text(item, "say", item.say, sides)) for item in wording
        ),
        citations=read_citations(block.cite, sides.names.sources, sides.scope.problems),
        office=block.office or office,
        decided_on=None if decides is None else _day(decides.decided_on, sides),
        shown=() if decides is None else _shown(decides.shows, sides),
        flags=_flags(block.flags, sides) if isinstance(block, NoticeBlock) else (),
        also=tuple(said for item in block.also if (said := _said(item, sides)) is not None),
        remedies=tuple(remedy for remedy in wanted if remedy is not None),
        fields=_fields(block) if isinstance(block, PublicNoticeBlock) else (),
    )


def _fields(block: PublicNoticeBlock) -> tuple[tuple[PublicField, Bilingual], ...]:
    fields = block.fields
    named: tuple[tuple[PublicField, Bilingual | None], ...] = (
        ("addressee", fields.addressee),
        ("people", fields.people),
        ("count", fields.count),
        ("amount", fields.amount),
    )
    return tuple((name, title) for name, title in named if title is not None)


# --- names of rules and values ----------------------------------------------------------------------------------------


def _people(name: Text | None, sides: _Sides) -> int | None:
    """The yes/no rule that says who is covered."""
    if name is None:
        return None
    slot = slot_of(name, sides.names.program.name, sides.scope.context.on, sides.signatures, sides.scope.problems)
    rule = next((rule for rule in sides.rules if rule.slot == slot), None)
    if rule is not None and not (isinstance(rule.type, YesNoType) and rule.scope):
        sides.fault("pack-wrong-value", name, name, _FOR_EACH_ENTRY)
        return None
    return slot


def _day(text: Text | None, sides: _Sides) -> Beside | None:
    shown = None if text is None else beside_of("day", text, sides.scope, sides.rules)
    if text is not None and shown is not None and not isinstance(shown.type, DateType):
        sides.fault("pack-wrong-value", text, type_words(shown.type), _A_DAY)
        return None
    return shown


def _shown(shows: Mapping[str, Text], sides: _Sides) -> tuple[Beside, ...]:
    found = (beside_of(label, text, sides.scope, sides.rules) for label, text in shows.items())
    return tuple(item for item in found if item is not None)


def _flags(flags: Iterable[Text], sides: _Sides) -> tuple[int, ...]:
    """The flags that the person is told of. Like those of the outcome, one that is not in force says nothing."""
    program, found = sides.names.program.name, list[int]()
    for name in flags:
        if isinstance(signature_of(name, program, sides.signatures), NotInForce):
            continue
        slot = slot_of(name, program, sides.scope.context.on, sides.signatures, sides.scope.problems)
        rule = next((rule for rule in sides.rules if rule.slot == slot), None)
        if rule is not None and not rule.is_flag:
            sides.fault("pack-wrong-value", name, name, _A_FLAG)
        elif slot is not None:
            found.append(slot)
    return tuple(found)


def _remedy(name: Text, remedies: Mapping[str, Said | None], sides: _Sides) -> Said | None:
    if name not in remedies:
        sides.fault("name-unknown", name, name, instead_of(str(name), remedies, _A_REMEDY))
    return remedies.get(name)


# --- texts ------------------------------------------------------------------------------------------------------------


def _said(block: SaidBlock, sides: _Sides) -> Said | None:
    """A sentence; None where the value that it names is at fault, which is then among the problems."""
    within = None if block.within is None else _span(block.within, sides)
    if block.within is not None and within is None:
        return None
    text = _text(block, "say", block.say, sides, None if within is None else str(within.value))
    own = read_citations(block.cite, sides.names.sources, sides.scope.problems)
    cited = {citation.source for citation in own}
    more = () if within is None else tuple(item for item in within.citations if item.source not in cited)
    return Said(text, (*own, *more))


def _span(name: Text, sides: _Sides) -> ParameterValue | None:
    """A parameter that holds a whole number of days, months or years."""
    visible = sides.scope.context.visible(sides.names.program.name)
    declared = visible.get(str(name))
    if not isinstance(declared, DeclaredParameter):
        parameters = [key for key, item in visible.items() if isinstance(item, DeclaredParameter)]
        sides.fault("parameter-expected", name, name, instead_of(str(name), parameters))
        return None
    found = sides.aside(declared.key)
    if isinstance(found, NotInForce):
        sides.scope.problems.append(not_in_force(name, name.at, found, sides.scope.context.on))
        return None
    if str(found.type) not in _SPANS or not isinstance(found.value, int) or isinstance(found.value, bool):
        sides.fault("pack-wrong-value", name, type_words(found.type), _A_SPAN)
        return None
    return found


def _text(block: Block, key: str, text: Bilingual, sides: _Sides, within: str | None = None) -> Bilingual:
    """A text with {program} and {within} filled in; anything else in braces is a fault, and so is a {within} left out.

    The program's title goes into an English sentence without its capital.
    """
    named = {"program": (sides.title.en[:1].lower() + sides.title.en[1:], sides.title.zh)}
    named |= {} if within is None else {"within": (within, within)}
    filled = [text.en, text.zh]
    for index in (0, 1):
        for name, values in named.items():
            filled[index] = filled[index].replace(f"{{{name}}}", values[index])
    lacks = within is not None and not ("{within}" in text.en and "{within}" in text.zh)
    if lacks or any(sign in part for part in filled for sign in "{}"):
        allowed = Both(*(joint.join(f"{{{name}}}" for name in named) for joint in (" and ", " 和 ")))
        wrong = text.en if lacks or any(sign in filled[0] for sign in "{}") else text.zh
        sides.scope.problems.append(problem("notice-text", block.place_of(key), found=wrong, expected=allowed))
    return Bilingual(en=filled[0], zh=filled[1])


# --- papers -----------------------------------------------------------------------------------------------------------


def _papers(block: NoticesBlock, sides: _Sides) -> Iterator[Paper]:
    """The papers, and what the office looks up itself. A path that the record does not have is a fault."""
    known = fact_paths(sides.scope.context.vocabulary)
    lists: tuple[tuple[Mapping[str, PaperBlock], bool], ...] = ((block.papers, False), (block.office_checks, True))
    for papers, by_office in lists:
        for paper in papers.values():
            for path in paper.supplies:
                if path not in known:
                    sides.fault("name-unknown", path, path, instead_of(str(path), known))
            title = _text(paper, "title", paper.title, sides)
            yield Paper(title, tuple(str(path) for path in paper.supplies), by_office)


def fact_paths(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Every fact and list of a record by its path without places: `members.income`, `members.income.amount`."""
    lists = [name for name in vocabulary.scopes if name]
    facts = [f"{name}.{fact}".lstrip(".") for name, scope in vocabulary.scopes.items() for fact in scope.facts]
    return (*lists, *facts)
