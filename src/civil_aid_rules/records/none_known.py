"""How a record says that there is none: the text "none". Leaving a field out says that it is not known."""

from __future__ import annotations

from typing import Literal

NoneKnown = Literal["none"]
