"""What the entries of a record are called: by their id, else by their place. Never by a name or document number.

On a notice, persons are called by the names that the caller gives for their ids.
"""

from __future__ import annotations

from collections.abc import Mapping

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.facts.extract import Facts, Item
from civil_aid_rules.ir.values import ItemReference
from civil_aid_rules.quantities.units import Unit
from civil_aid_rules.render.phrases import phrase, same

_PERSON = Unit((("person", 1),))


class Entries:
    """The entries of one record. `A` for a member with that id, A的第1项收入 for what has none.

    With `people`, names by id: persons go by their names (a blank to fill in where none is given), all others by place.
    """

    def __init__(self, facts: Facts, people: Mapping[str, str] | None = None) -> None:
        self._facts = facts
        self._people = people
        self._names: dict[str, Bilingual] = {}
        for scope in sorted(facts.items, key=lambda scope: scope.count(".")):
            for item in facts.items[scope] if scope else ():
                self._names[item.path] = self._named(item)

    def name(self, path: str) -> Bilingual:
        """The entry at a path, `$.members[0]`."""
        return self._names.get(path) or same(path.removeprefix("$").removeprefix("."))

    def referred(self, reference: ItemReference) -> Bilingual:
        """The entry that a reference points to."""
        return self.name(self._facts.items[reference.scope][reference.ordinal].path)

    def titled(self, path: str, title: Bilingual) -> Bilingual:
        """A fact or list by its path, `$.members[0].income`, with whose it is: A：收入."""
        owner = self.owner(path)
        return title if owner is None else phrase("for_entry", entry=owner, text=title)

    def owner(self, path: str) -> Bilingual | None:
        """Whose a fact or list is; None for the record's own."""
        owners = (path[:end] for end, sign in enumerate(path) if sign == ".")
        owner = max((one for one in owners if one in self._names), key=len, default=None)
        return None if owner is None else self._names[owner]

    def _named(self, item: Item) -> Bilingual:
        parent, _, name = item.scope.rpartition(".")
        field = self._facts.vocabulary.scopes[parent].lists[name]
        owner, _, place = item.path.rpartition(".")
        if item.id is not None and (self._people is None or field.unit == _PERSON):
            own = self._called(item.id)
        else:
            number = str(int(place.removeprefix(f"{name}[").removesuffix("]")) + 1)
            own = phrase("numbered", number=number, list=Bilingual(en=inner(field.en), zh=field.zh))
        return own if not parent else phrase("own_of", own=own, owner=self._names[owner])

    def _called(self, key: str) -> Bilingual:
        """A person's id, or the name that goes with it."""
        if self._people is None:
            return same(key)
        name = self._people.get(key)
        return phrase("unnamed", id=key) if name is None else same(name)


def inner(text: str) -> str:
    """An English title inside a sentence: its capital goes, unless the word is all capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
