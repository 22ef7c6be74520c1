"""A dated value of a pack or overlay, read as its parameter's type says: what rules rest on."""

from __future__ import annotations

import datetime

from civil_aid_rules.citations import Citation
from civil_aid_rules.compiler.dumps import dumped
from civil_aid_rules.compiler.namespace import DeclaredParameter
from civil_aid_rules.compiler.read_values import (
    KEY_UNITS,
    read_citations,
    read_shape,
    read_type,
    read_unit,
    read_value,
)
from civil_aid_rules.compiler.select import Dated
from civil_aid_rules.digests import digest
from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.values import UNKNOWN
from civil_aid_rules.packs.models import SourceBlock, ValueBlock

A_SOURCE = Both("`cite:` with a source of program.yaml and the article", "`cite:`，写 program.yaml 中的依据和条款")
_A_VALUE = Both("the value", "此值")


def parameter_value(
    declared: DeclaredParameter,
    dated: Dated[ValueBlock],
    frozen_on: datetime.date | None,
    sources: dict[str, SourceBlock],
    problems: list[Problem],
) -> ParameterValue:
    """The value; what its texts cannot be read as is among the problems."""
    block, parameter, layer = dated.item, declared.entry.block, dated.layer
    type_ = read_type(parameter.type, parameter.choices, problems)
    if parameter.key is not None and parameter.key != "choice":
        read_unit(parameter.key, KEY_UNITS, problems)
    untyped = bool(problems)
    return ParameterValue(
        key=declared.key,
        title=parameter.title,
        type=type_,
        value=UNKNOWN if untyped else read_value(block, type_, problems),
        shape=None if untyped else read_shape(parameter, block, problems),
        from_date=dated.from_date,
        until=dated.until,
        published=dated.published if dated.published != datetime.date.min else dated.from_date,
        citations=_citations(dated, sources, problems),
        unit_citations=read_citations(block.unit_cite, sources, problems),
        choice_titles=tuple((parameter.choices or {}).items()),
        set_by=tuple(parameter.set_by or ()),
        at=dated.at,
        digest=digest({"parameter": declared.key, "type": str(parameter.type), "value": dumped(block)}),
        layer=layer.overlay if layer else None,
        hypothetical=layer is not None and layer.kind == "scenario",
        frozen_on=frozen_on,
        note=block.note,
        from_citations=read_citations(block.from_cite, sources, problems),
        published_citations=read_citations(block.published_cite, sources, problems),
    )


def _citations(
    dated: Dated[ValueBlock], sources: dict[str, SourceBlock], problems: list[Problem]
) -> tuple[Citation, ...]:
    """What the value cites; a scenario's value is first of all the scenario's."""
    block, layer = dated.item, dated.layer
    citations = read_citations(block.cite, sources, problems)
    if layer is not None and layer.kind == "scenario":
        return (Citation(kind="scenario", title=layer.title), *citations)
    if not citations and block.cite is None:
        problems.append(problem("cite-missing", dated.at, found=_A_VALUE, expected=A_SOURCE))
    return citations
