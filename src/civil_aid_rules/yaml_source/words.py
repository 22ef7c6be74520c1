"""What stands between the signs of YAML: words without quotes, and blanks. Patterns, for texts that end with NUL."""

from __future__ import annotations

from typing import Final

BLANK: Final = r"(?: *(?:#[^\n\0]*)?\n)* *(?:#[^\n\0]*)?"
"""Spaces, comments and line ends up to the next token."""

_IN_BLOCK: Final = r"(?:[^\0 \t\n:]|:(?![\0 \t\n]))+"
_IN_FLOW: Final = r"(?:[^\0 \t\n:,?\[\]{}]|:(?![\0 \t\n,\[\]{}]))+"
PLAIN_IN_BLOCK: Final = rf"{_IN_BLOCK}(?: +(?!#){_IN_BLOCK})*"
PLAIN_IN_FLOW: Final = rf"{_IN_FLOW}(?: +(?!#){_IN_FLOW})*"
"""Words of one line without quotes; a colon before a space ends them, and so does a comment."""
