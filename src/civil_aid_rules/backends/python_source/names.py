"""Names in generated source: those of the rules and facts, as far as Python allows, each once."""

from __future__ import annotations

import builtins
import keyword
from dataclasses import dataclass, field

_TAKEN = frozenset(dir(builtins))


@dataclass(slots=True)
class Names:
    """Gives out names; none twice."""

    taken: set[str] = field(default_factory=set)

    def of(self, wanted: str) -> str:
        """A name as close to what is wanted as possible."""
        plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in wanted)
        if keyword.iskeyword(plain) or plain in _TAKEN or not plain[:1].isalpha():
            plain = f"{plain}_" if plain[:1].isalpha() else f"n_{plain}"
        name, number = plain, 2
        while name in self.taken:
            name, number = f"{plain}_{number}", number + 1
        self.taken.add(name)
        return name
