"""What the entries and facts that a result names are called: by id and title; without the record, by their place."""

from __future__ import annotations

from civil_aid_rules.citations import Bilingual
from civil_aid_rules.determinations.result import Missing
from civil_aid_rules.render.entries import Entries
from civil_aid_rules.render.phrases import phrase, same


class Places:
    """The places of one result."""

    def __init__(self, entries: Entries | None) -> None:
        self._entries = entries

    def name(self, path: str) -> Bilingual:
        """The entry at a path, `$.members[0]`."""
        return same(path.removeprefix("$.")) if self._entries is None else self._entries.name(path)

    def titled(self, entry: str | None, text: Bilingual) -> Bilingual:
        """A text with the entry that it is about; the record itself goes without saying."""
        return text if entry in (None, "$") else phrase("for_entry", entry=self.name(str(entry)), text=text)

    def missing(self, item: Missing) -> Bilingual:
        """What is missing, with the entry that it is missing from."""
        if item.kind != "fact" or self._entries is None:
            return item.title
        return self._entries.titled(item.name, item.title)
