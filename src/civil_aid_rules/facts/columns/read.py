"""An Arrow record batch as columns: all are held against the record model, those that rules read are taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel

from civil_aid_rules.errors import Both, Problem, RecordError, problem
from civil_aid_rules.facts.columns.convert import (
    Converted,
    NotConvertible,
    bits_of,
    bits_of_values,
    converted,
    fields_of,
    is_text,
    plain,
)
from civil_aid_rules.facts.columns.dictionaries import sound
from civil_aid_rules.facts.columns.layout import FieldLayout, Layout
from civil_aid_rules.facts.columns.references import Named, places_of
from civil_aid_rules.facts.columns.stored import Bits, Columns, FactColumn, ListColumn, Step, length_bounds
from civil_aid_rules.facts.columns.structure import bad_ids, open_items_without_note
from civil_aid_rules.facts.vocabulary import FactField, ListField
from civil_aid_rules.ir.types import GroupType, ItemType
from civil_aid_rules.ir.values import NONE
from civil_aid_rules.names import instead_of

TextCodes = Callable[[str], int]


def read_columns(
    batch: pa.RecordBatch, layout: Layout, reads: Mapping[str, Iterable[int]], text_code: TextCodes
) -> Columns:
    """The facts that are read (slots by path), all lists, and the rows whose lists, ids and open items no record has.

    Raises RecordError with every column that is of no type its field can have, or that no field is named like.
    """
    reader = _Reader(layout, {scope: set(slots) for scope, slots in reads.items()}, text_code)
    try:
        batch.validate()
    except pa.ArrowInvalid as error:
        raise RecordError([problem("column-memory", "$", found=str(error), expected=_CONSISTENT)]) from None
    columns = reader.told_apart(batch.schema.names, batch.columns, "")
    reader.scope("", columns, batch.num_rows, layout.model)
    if not reader.problems:
        reader.refer()
    if reader.problems:
        raise RecordError(reader.problems)
    return Columns(batch.num_rows, reader.facts, reader.lists, bad=reader.bad)


_IDS_NAMED = Both("the ids that references name", "被引用的标识")
_CONSISTENT = Both("lengths and offsets that match", "长度与偏移量一致")
OWN_NAME = Both("leave one of them out, or rename it", "请去掉其中一列或改名")


@dataclass(slots=True)
class _Reader:
    """Walks the columns along the record model."""

    layout: Layout
    reads: dict[str, set[int]]
    text_code: TextCodes
    facts: dict[tuple[str, int], FactColumn] = field(default_factory=dict)
    lists: dict[str, ListColumn] = field(default_factory=dict)
    ids: dict[str, pa.Array] = field(default_factory=dict)
    references: list[tuple[str, FactField, tuple[Step, ...], pa.Array]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    there: dict[tuple[str, ...], Bits | None] = field(default_factory=dict)
    bad: dict[str, list[Any]] = field(default_factory=dict)

    def scope(self, scope: str, columns: Mapping[str, pa.Array], size: int, model: type[BaseModel]) -> None:
        """The columns of the records, or of all entries of a list."""
        self.names(scope, columns, model, "", ())
        columns = {name: sound(column)[0] for name, column in columns.items()}
        facts = self.layout.vocabulary.scopes[scope]
        for listed in facts.lists.values():
            self.entries(listed, columns.get(listed.name), size, model)
        for fact in facts.facts.values():
            self.fact(scope, fact, columns, size)
        if facts.id_field is not None:
            self.named(scope, facts.id_field, columns.get(facts.id_field), model)
        for wrong in open_items_without_note(columns, model):
            self.mark(scope, wrong)

    def named(self, scope: str, name: str, column: pa.Array | None, model: type[BaseModel]) -> None:
        """The ids of a list's entries. A table may be without them; where they are, each entry has one of its own."""
        if column is not None and is_text(column.type):
            self.ids[scope] = plain(column)
            self.mark(scope, bad_ids(self.ids[scope], self.lists[scope].offsets, model.model_fields[name]))

    def mark(self, scope: str, wrong: Any) -> None:
        """Note the rows of a list, or of the records, that no record may have."""
        if wrong.any():
            self.bad.setdefault(scope, []).append(np.flatnonzero(wrong))

    def refuse(self, code: str, at: str, found: object, expected: object) -> None:
        """Report a column as a whole."""
        self.problems.append(problem(code, at, found=found, expected=expected))

    def names(
        self,
        scope: str,
        columns: Mapping[str, pa.Array],
        model: type[BaseModel],
        group: str,
        within: tuple[pa.Array, ...],
        *,
        may_be_none: bool = False,
    ) -> None:
        """Columns that no field is named like, indices that lead nowhere; groups are looked into, where they are.

        `within` are the groups that these columns stand in.
        """
        at = _lead(scope) + group
        for name, column in columns.items():
            self.beyond(scope, column, within)
            named = self.layout.fields[model].get(name)
            if named is None:
                if not (may_be_none and name == "none" and pa.types.is_boolean(column.type)):
                    self.refuse("column-unknown", f"{at}{name}", name, instead_of(name, model.model_fields))
                continue
            self.note(f"{at}{name}", named, column.type)
            if named.inner is not None and not named.is_list and pa.types.is_struct(column.type):
                inside = self.told_apart([field.name for field in column.type], _parts(column), f"{at}{name}.")
                lead, groups = f"{group}{name}.", (*within, column)
                self.names(scope, inside, named.inner, lead, groups, may_be_none=named.may_be_none)

    def told_apart(self, names: Sequence[str], columns: Sequence[pa.Array], lead: str) -> dict[str, pa.Array]:
        """Columns by name; two of one name are refused."""
        for name, times in Counter(names).items():
            if times > 1:
                self.refuse("column-twice", f"{lead}{name}", name, OWN_NAME)
        return dict(zip(names, columns, strict=True))

    def beyond(self, scope: str, column: pa.Array, within: tuple[pa.Array, ...]) -> None:
        """Rows whose index leads beyond the dictionary."""
        _, wrong = sound(column)
        if wrong is not None:
            for group in within:
                wrong = wrong & group.is_valid().to_numpy(zero_copy_only=False)
            self.mark(scope, wrong)

    def note(self, at: str, named: FieldLayout, kind: pa.DataType) -> None:
        """A field that no rule reads, such as an id or a name: of its column only the type is looked at."""
        if named.is_text and not (is_text(kind) or pa.types.is_null(kind)):
            self.refuse("column-type", at, kind, Both("texts", "文本"))

    # --- lists ------------------------------------------------------------------------------------------------------

    def entries(self, listed: ListField, column: pa.Array | None, size: int, model: type[BaseModel]) -> None:
        """A list, and the columns of its entries."""
        at = listed.path
        inner = self.layout.fields[model][listed.name].inner
        assert inner is not None
        if column is None or pa.types.is_null(column.type):
            self.lists[listed.scope] = ListColumn(np.zeros(size + 1, np.int64), False)
            self.scope(listed.scope, {}, 0, inner)
            return
        kind = column.type
        if not (_is_list(kind) and (pa.types.is_struct(kind.value_type) or pa.types.is_null(kind.value_type))):
            self.refuse("column-type", at, kind, Both("list<struct<…>>", "list<struct<…>>"))
            return
        if not (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
            column = column.cast(pa.large_list(kind.value_type))
        offsets = column.offsets.to_numpy(zero_copy_only=False)
        bounds = length_bounds(offsets)
        if len(offsets) and (int(offsets[0]) < 0 or bounds[0] < 0 or int(offsets[-1]) > len(column.values)):
            self.refuse("column-memory", at, Both("offsets that do not match", "偏移量不一致"), _CONSISTENT)
            return
        known = bits_of(column) if column.null_count else None
        if known is not None and (np.diff(offsets)[~known.block(0, size)] > 0).any():
            column = column.take(pa.array(np.arange(size)))  # what stands behind a list that is null is left out
            offsets, known = column.offsets.to_numpy(zero_copy_only=False), bits_of(column)
            bounds = length_bounds(offsets)
        first, last = (int(offsets[0]), int(offsets[-1])) if len(offsets) else (0, 0)
        inside = column.values.slice(first, last - first)
        self.lists[listed.scope] = ListColumn(
            offsets - first if first else offsets, False if column.null_count == size and size else known
        )
        if bounds[0] < self.layout.fields[model][listed.name].least or bounds[1] > listed.limit:
            self.lengths(listed, model, known)
        if inside.null_count:
            self.mark(listed.scope, inside.is_null().to_numpy(zero_copy_only=False))
        names = [] if pa.types.is_null(inside.type) else [field.name for field in inside.type]
        columns = self.told_apart(names, _parts(inside), _lead(listed.scope))
        self.scope(listed.scope, columns, len(inside), inner)

    def lengths(self, listed: ListField, model: type[BaseModel], known: Bits | None) -> None:
        """Lists with more entries than may be, or fewer."""
        least = self.layout.fields[model][listed.name].least
        lengths = np.diff(self.lists[listed.scope].offsets)
        wrong = (lengths > listed.limit) | (lengths < least)
        here = wrong if known is None else wrong & known.block(0, len(lengths))
        self.mark(listed.scope.rpartition(".")[0], here)

    # --- facts ------------------------------------------------------------------------------------------------------

    def fact(self, scope: str, fact: FactField, columns: Mapping[str, pa.Array], size: int) -> None:
        """A fact along its groups; taken in where it is read."""
        if fact.attribute not in columns and fact.slot not in self.reads.get(scope, ()):
            return
        names = [fact.attribute, *(name for name, _ in fact.within)]
        steps: list[Step] = []
        column: pa.Array | None = None
        here = columns
        for name, absent in zip(names, (fact.absent, *(absent for _, absent in fact.within)), strict=True):
            column = here.get(name)
            if column is None or pa.types.is_null(column.type) or (len(column) and column.null_count == len(column)):
                steps.append(Step(False, absent))
                self.keep(scope, FactColumn(fact, tuple(steps)))
                return
            steps.append(Step(self.bits(scope, names, name, column, steps), absent))
            is_group = name is not names[-1] or isinstance(fact.type, GroupType)
            if is_group and not pa.types.is_struct(column.type):
                if len(names) == 1:
                    self.refuse("column-type", fact.path, column.type, Both("struct<…>", "struct<…>"))
                return
            if is_group:
                here = fields_of(column)
                self.none_of_group(here, steps)
        assert column is not None
        if isinstance(fact.type, GroupType):
            self.keep(scope, FactColumn(fact, tuple(steps)))
        else:
            self.plain_fact(scope, fact, tuple(steps), column)

    def bits(
        self, scope: str, names: Sequence[str], name: str, column: pa.Array, before: Sequence[Step]
    ) -> Bits | None:
        """Where a column has values; None: everywhere. What is missing within a group that is missing is no news."""
        if not column.null_count:
            return None
        key = (scope, *names[: names.index(name) + 1])
        if key not in self.there:
            found: Bits | None = bits_of(column)
            outer = before[-1].there if before else None
            if isinstance(outer, Bits) and found is not None:
                size = len(column)
                found = found if (outer.block(0, size) & ~found.block(0, size)).any() else None
            self.there[key] = found
        return self.there[key]

    def none_of_group(self, fields: Mapping[str, pa.Array], steps: list[Step]) -> None:
        """A group's field `none` says where it is known to be none."""
        held = fields.get("none")
        if held is not None and pa.types.is_boolean(held.type):
            inverted = pc.invert(pc.fill_null(held, False))
            steps.append(Step(bits_of_values(inverted), NONE))

    def plain_fact(self, scope: str, fact: FactField, steps: tuple[Step, ...], column: pa.Array) -> None:
        """A column of values: its type is looked at always, its values where they are read."""
        is_read = fact.slot in self.reads.get(scope, ())
        if isinstance(fact.type, ItemType):
            if not is_text(column.type):
                self.refuse("column-type", fact.path, column.type, Both("texts", "文本"))
            elif is_read:
                self.references.append((scope, fact, steps, plain(column)))
            return
        try:
            found = converted(column if is_read else column.slice(0, 0), fact, self.text_code)
        except NotConvertible as error:
            self.refuse(error.code, fact.path, column.type, error.expected)
            return
        if is_read:
            self.keep(scope, _fact_column(fact, steps, found))

    def keep(self, scope: str, column: FactColumn) -> None:
        """A fact that is read."""
        if column.field.slot in self.reads.get(scope, ()):
            self.facts[scope, column.field.slot] = column

    # --- references -------------------------------------------------------------------------------------------------

    def refer(self) -> None:
        """The places of the entries that references name, once all lists are read."""
        for scope, fact, steps, column in self.references:
            assert isinstance(fact.type, ItemType)
            target = fact.type.scope
            ids = self.ids.get(target)
            if ids is None:
                field_at = f"{target}[].{self.layout.vocabulary.scopes[target].id_field}"
                self.refuse("column-type", field_at, Both("nothing", "空缺"), _IDS_NAMED)
                continue
            named = Named(ids, self.lists[target].offsets)
            rows, is_none, is_bad = places_of(column, self.record_rows(scope, len(column)), named, fact.says_none)
            self.keep(scope, FactColumn(fact, steps, raw=rows, is_none=is_none, is_bad=is_bad))

    def record_rows(self, scope: str, size: int) -> Any:
        """The record that each entry of a list belongs to."""
        rows = np.arange(size)
        while scope:
            rows = np.searchsorted(self.lists[scope].offsets, rows, side="right") - 1
            scope = scope.rpartition(".")[0]
        return rows


def _fact_column(fact: FactField, steps: tuple[Step, ...], found: Converted) -> FactColumn:
    return FactColumn(
        fact,
        steps,
        found.raw,
        found.bits,
        found.high,
        found.is_none,
        found.is_bad,
        found.least,
        found.most,
        found.codes,
    )


def _parts(column: pa.Array) -> list[pa.Array]:
    """The columns in a struct; none in a column of no type."""
    return [column.field(place) for place in range(column.type.num_fields)]


def _lead(scope: str) -> str:
    """`members[].income[].`: what stands before the columns of a list's entries."""
    return "".join(f"{part}[]." for part in scope.split(".") if part)


def _is_list(kind: pa.DataType) -> bool:
    checks = ("is_list", "is_large_list", "is_fixed_size_list", "is_list_view", "is_large_list_view")
    return any(getattr(pa.types, name, lambda _: False)(kind) for name in checks)
