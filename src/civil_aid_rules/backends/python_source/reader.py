"""A function that reads from a record exactly the facts that a program's rules read, as whole numbers in tuples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from civil_aid_rules.backends.python_source.layout import EntryShape
from civil_aid_rules.backends.python_source.names import Names
from civil_aid_rules.backends.python_source.writer import Writer
from civil_aid_rules.facts.vocabulary import FactField, ListField, Vocabulary
from civil_aid_rules.ir.types import DateType, GroupType, ItemType, NumberType, TextType
from civil_aid_rules.ir.values import NONE


class NotScaled(Exception):
    """A fact that no whole number of its scale is, or a reference that names nothing: not for the fast path."""


def fen(amount: Decimal) -> int:
    """An amount of money in fen, whatever the caller's decimal context is."""
    above, below = amount.as_integer_ratio()
    whole, rest = divmod(above * 100, below)
    if rest:
        raise NotScaled
    return whole


def place_of(places: dict[str, int], named: str) -> int:
    """The place of the entry that a reference names."""
    try:
        return places[named]
    except KeyError:
        raise NotScaled from None


READER_CALLED = {"NONE": NONE, "fen": fen, "place_of": place_of}
"""What the source of a reader may call, by name."""


def reader_source(name: str, vocabulary: Vocabulary, shapes: dict[str, EntryShape]) -> str:
    """The source of the functions that read a record and the entries of its lists; `name` reads the record."""
    return _Reader(name, vocabulary, shapes, sorted(scope for scope in shapes if scope)).source()


@dataclass(frozen=True, slots=True)
class _Field:
    """A fact to be read: its description, the name that it gets, and the rest of the way to it."""

    field: FactField
    name: str
    way: tuple[tuple[str, object], ...]
    absent: object


@dataclass(frozen=True, slots=True)
class _Reader:
    """Writes the functions. `counted` are the lists within lists: their entries are counted over the whole record."""

    name: str
    vocabulary: Vocabulary
    shapes: dict[str, EntryShape]
    scopes: Sequence[str]

    def source(self) -> str:
        """All functions, those of inner lists first."""
        usual = [self._usual(scope) for scope, shape in self.shapes.items() if shape.grouped]
        texts = [self._function(scope) for scope in reversed(self.scopes)]
        return "\n\n".join([*usual, *texts, self._function("")])

    def _function(self, scope: str) -> str:
        shape = self.shapes[scope]
        names = Names({"record", "held", "place", "counts", "ids", "x", *READER_CALLED, shape.usual})
        writer = Writer(names, {})
        writer.line("held = record.__dict__")
        if not scope:
            writer.line("place = 0")
            writer.line(f"counts = {dict.fromkeys((item for item in self.scopes if '.' in item), 0)!r}")
            self._note_ids(writer)
        read, grouped = (self._named_fields(scope, slots, names) for slots in (shape.facts, shape.grouped))
        self._fields(writer, read, "held", [item.field.attribute for item in read])
        groups = [names.of("groups")] if grouped else []
        if grouped:
            self._grouped(writer, grouped, groups[0], shape.usual)
        lists = [(self._list_field(child), names.of(child.rpartition(".")[2])) for child in shape.lists]
        for field, name in lists:
            self._list(writer, field, name)
        returned = ", ".join(["place", *(item.name for item in read), *groups, *(name for _, name in lists)])
        head = f"def {self._named(scope)}(record{', place, counts, ids' if scope else ''}):"
        return "\n".join([head, *writer.lines, f"    return ({returned},)"]) + "\n"

    def _named_fields(self, scope: str, slots: Sequence[int], names: Names) -> list[_Field]:
        fields = list(self.vocabulary.scopes[scope].facts.values())
        found = [fields[slot] for slot in slots]
        return [_Field(field, names.of(field.name), field.within, field.absent) for field in found]

    def _usual(self, scope: str) -> str:
        """What the facts of groups are where each group is left out."""
        shape, fields = self.shapes[scope], list(self.vocabulary.scopes[scope].facts.values())
        return f"{shape.usual} = ({', '.join(_absent(fields[slot].absent) for slot in shape.grouped)},)\n"

    def _grouped(self, writer: Writer, fields: Sequence[_Field], name: str, usual: str) -> None:
        """The facts of groups, together in one tuple."""
        attributes = [item.field.attribute for item in fields]
        left_out = " and ".join(f"held[{attribute!r}] is None" for attribute in dict.fromkeys(attributes))
        with writer.block(f"if {left_out}:"):
            writer.line(f"{name} = {usual}")
        with writer.block("else:"):
            self._fields(writer, fields, "held", attributes)
            writer.line(f"{name} = ({', '.join(item.name for item in fields)},)")

    def _named(self, scope: str) -> str:
        return f"{self.name}_{scope.replace('.', '_')}" if scope else self.name

    def _list_field(self, scope: str) -> ListField:
        parent, _, name = scope.rpartition(".")
        return self.vocabulary.scopes[parent].lists[name]

    def _note_ids(self, writer: Writer) -> None:
        """Where each id stands in the lists that facts refer to."""
        referred: set[str] = set()
        for scope, shape in self.shapes.items():
            fields = list(self.vocabulary.scopes[scope].facts.values())
            types = [fields[slot].type for slot in (*shape.facts, *shape.grouped)]
            referred |= {type_.scope for type_ in types if isinstance(type_, ItemType)}
        parts = []
        for scope in sorted(referred):
            field = self.vocabulary.scopes[scope].id_field
            entries = f"enumerate(held[{scope!r}] or ())"
            parts.append(f"{scope!r}: {{entry.__dict__[{field!r}]: place for place, entry in {entries}}}")
        writer.line(f"ids = {{{', '.join(parts)}}}")

    def _list(self, writer: Writer, field: ListField, name: str) -> None:
        writer.line(f"{name} = held[{field.name!r}]")
        call = f"{self._named(field.scope)}(entry, place, counts, ids)"
        with writer.block(f"if {name}:"):
            if "." in field.scope:
                writer.line(f"first = counts[{field.scope!r}]")
                writer.line(f"counts[{field.scope!r}] = first + len({name})")
                writer.line(
                    f"{name} = [{call} for place_, entry in enumerate({name}, first)]".replace(
                        "entry, place,", "entry, place_,"
                    )
                )
            else:
                writer.line(f"{name} = [{call} for place, entry in enumerate({name})]")

    # --- facts ------------------------------------------------------------------------------------------------------

    def _fields(self, writer: Writer, fields: Sequence[_Field], holder: str, attributes: Sequence[str]) -> None:
        """The facts of one object; those in one group together."""
        groups: dict[str, list[_Field]] = {}
        for item, attribute in zip(fields, attributes, strict=True):
            groups.setdefault(attribute, []).append(item)
        for attribute, members in groups.items():
            if any(item.way for item in members):
                self._group(writer, members, holder, attribute)
                continue
            for item in members:
                self._fact(writer, item, f"{holder}[{attribute!r}]")

    def _fact(self, writer: Writer, item: _Field, held: str) -> None:
        """One fact; what stands in the record as it is wanted, not known included, is taken from there."""
        absent, text = _absent(item.absent), self._held(item.field)
        if text == "x" and absent == "None":
            writer.line(f"{item.name} = {held}")
            return
        writer.line(f"x = {held}")
        as_it_is = absent == "None" and text.endswith(" else x")
        writer.line(f"{item.name} = {text if as_it_is else f'{absent} if x is None else {text}'}")

    def _group(self, writer: Writer, members: Sequence[_Field], holder: str, attribute: str) -> None:
        held = writer.named(f"{holder}[{attribute!r}]", attribute)
        with writer.block(f"if {held} is None:"):
            for item in members:
                writer.line(f"{item.name} = {_absent(item.absent)}")
        with writer.block(f"elif type({held}) is str:"):
            writer.line(f"{' = '.join(item.name for item in members)} = NONE")
        with writer.block("else:"):
            for item in members:
                if not item.way:
                    writer.line(f"{item.name} = True")
            inner = [item for item in members if item.way]
            object_ = writer.named(f"{held}.__dict__", "inner")
            rest = [_Field(item.field, item.name, item.way[1:], item.way[0][1]) for item in inner]
            self._fields(writer, rest, object_, [item.way[0][0] for item in inner])

    def _held(self, field: FactField) -> str:
        """What `x`, which is there, is as a whole number, yes or no, or text."""
        match field.type:
            case NumberType():
                text = "fen(x)" if field.limits.scale == 100 else "x"
            case DateType():
                text = "x.toordinal()"
            case ItemType(scope):
                text = f"place_of(ids[{scope!r}], x)"
            case GroupType():
                text = "True"
            case _:
                text = "x"
        may_be_none = field.may_be_none or isinstance(field.type, TextType)
        if isinstance(field.type, ItemType):
            may_be_none = field.says_none
        return f'NONE if x == "none" else {text}' if may_be_none else text


def _absent(value: object) -> str:
    return "NONE" if value is NONE else "None"
