"""PyYAML's pure-Python parser, with the steps that it takes most often done faster.

PyYAML looks at one character at a time. Where a step is a search for the next character of some kind, a regular
expression finds the same place at once; everything else, and every complaint, is PyYAML's own. Events and complaints
are the same as PyYAML's, at the same places, for any text in which LF is the only line end (the reader has refused all
others): a test holds both against each other on thousands of damaged files.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.tokens import ScalarToken

_BLANK = re.compile(r"(?: *(?:#[^\n\0]*)?\n)* *(?:#[^\n\0]*)?")
"""Spaces, comments and line ends up to the next token."""

_IN_BLOCK = r"(?:[^\0 \t\n:]|:(?![\0 \t\n]))+"
_IN_FLOW = r"(?:[^\0 \t\n:,?\[\]{}]|:(?![\0 \t\n,\[\]{}]))+"
_PLAIN_IN_BLOCK = re.compile(rf"{_IN_BLOCK}(?: +(?!#){_IN_BLOCK})*")
_PLAIN_IN_FLOW = re.compile(rf"{_IN_FLOW}(?: +(?!#){_IN_FLOW})*")
"""Words of one line without quotes; a colon before a space ends them, and so does a comment."""

_LINE_END = re.compile(r" *\n[ \n]*")
"""The end of a line, the blank lines after it, and the spaces before what follows."""

_QUOTED = {'"': re.compile(r'"([^"\\\n\0]*)"'), "'": re.compile(r"'([^'\n\0]*(?:''[^'\n\0]*)*)'(?!')")}
"""A quoted text of one line without escapes."""


class Parser(yaml.SafeLoader):
    """PyYAML's parser; it also notes where directives and `?` keys stand (its events do not tell)."""

    marked: yaml.Mark | None = None
    """The place asked for last: one token ends where another begins."""
    settled = False
    """Whether it is known what the next token is."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.noted: list[tuple[str, yaml.Mark]] = []

    def fetch_key(self) -> None:
        self.noted.append(("yaml-complex-key", self.get_mark()))
        super().fetch_key()

    def fetch_directive(self) -> None:
        self.noted.append(("yaml-directive", self.get_mark()))
        super().fetch_directive()

    # --- characters --------------------------------------------------------------------------------------------------

    def peek(self, index: int = 0) -> str:
        return self.buffer[self.pointer + index]  # type: ignore[no-any-return]

    def prefix(self, length: int = 1) -> str:
        return self.buffer[self.pointer : self.pointer + length]  # type: ignore[no-any-return]

    def forward(self, length: int = 1) -> None:
        end = self.pointer + length
        breaks = self.buffer.count("\n", self.pointer, end)
        if breaks:
            self.line += breaks
            self.column = end - self.buffer.rfind("\n", self.pointer, end) - 1
        else:
            self.column += length
        self.pointer = self.index = end

    def get_mark(self) -> yaml.Mark:
        if self.marked is None or self.marked.index != self.index:
            self.marked = yaml.Mark(self.name, self.index, self.line, self.column, self.buffer, self.pointer)
        return self.marked

    def scan_to_next_token(self) -> None:
        if self.buffer[self.pointer] not in " #\n":
            return
        found = _BLANK.match(self.buffer, self.pointer)
        assert found is not None  # the pattern also matches nothing
        line = self.line
        self.forward(found.end() - self.pointer)
        if self.line > line and not self.flow_level:
            self.allow_simple_key = True

    # --- scalars -----------------------------------------------------------------------------------------------------

    def scan_plain(self) -> ScalarToken:
        """A text without quotes, of one line or more: PyYAML's loop, which here takes all words of a line at once."""
        words = _PLAIN_IN_FLOW if self.flow_level else _PLAIN_IN_BLOCK
        at_once = words.match(self.buffer, self.pointer)
        if at_once is not None and self.buffer[at_once.end()] not in " \n":
            start = self.get_mark()
            self.forward(at_once.end() - self.pointer)
            return ScalarToken(at_once[0], True, start, self.get_mark())
        chunks: list[str] = []
        spaces: list[str] = []
        start = end = self.get_mark()
        while self.peek() != "#":
            found = words.match(self.buffer, self.pointer)
            if found is None:
                break
            self.allow_simple_key = False
            chunks += [*spaces, found[0]]
            self.forward(len(found[0]))
            end = self.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start) or []
            if not spaces or (not self.flow_level and self.column < self.indent + 1):
                break
        return ScalarToken("".join(chunks), True, start, end)

    def scan_plain_spaces(self, indent: int, start_mark: yaml.Mark) -> list[str] | None:
        """What lies between two words of a text without quotes: PyYAML's own way where a document may end."""
        here = self.buffer[self.pointer]
        if here not in " \n":
            return []
        found = _LINE_END.match(self.buffer, self.pointer)
        if found is None or self.buffer[found.end()] in "-.":
            spaces: list[str] | None = super().scan_plain_spaces(indent, start_mark)
            return spaces
        self.allow_simple_key = True
        self.forward(found.end() - self.pointer)
        return ["\n" * (found[0].count("\n") - 1) or " "]

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """A quoted text; PyYAML's own way where it has escapes or several lines."""
        found = _QUOTED[style].match(self.buffer, self.pointer)
        if found is None:
            return super().scan_flow_scalar(style)
        start = self.get_mark()
        self.forward(found.end() - self.pointer)
        return ScalarToken(
            found[1].replace("''", "'") if style == "'" else found[1], False, start, self.get_mark(), style
        )

    # --- tokens ------------------------------------------------------------------------------------------------------

    def need_more_tokens(self) -> bool:
        """Whether the next token may still turn out to be a key.

        Possible keys are noted level by level, inner ones later: while the first is not too far back, none is.
        """
        if self.done or not self.tokens:
            return not self.done
        for first in self.possible_simple_keys.values():
            if first.line == self.line and self.index - first.index <= 1024:
                return bool(first.token_number == self.tokens_taken)
            return bool(super().need_more_tokens())
        return False

    def stale_possible_simple_keys(self) -> None:
        for first in self.possible_simple_keys.values():
            if first.line != self.line or self.index - first.index > 1024:
                super().stale_possible_simple_keys()
            return

    def check_token(self, *choices: Any) -> bool:
        if not self.settled:
            while self.need_more_tokens():
                self.fetch_more_tokens()
            self.settled = True
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def get_token(self) -> Any:
        if not self.check_token():
            return None
        self.settled = False
        self.tokens_taken += 1
        return self.tokens.pop(0)

    def fetch_more_tokens(self) -> None:
        """The next token, at once where its first character tells what it is."""
        self.scan_to_next_token()
        self.stale_possible_simple_keys()
        self.unwind_indent(self.column)
        first = self.buffer[self.pointer]
        if first.isalnum():
            self.fetch_plain()
        elif first == ":" and self.check_value():
            self.fetch_value()
        elif first in _FETCH:
            _FETCH[first](self)
        else:
            super().fetch_more_tokens()

    def parse_node(self, block: bool = False, indentless_sequence: bool = False) -> yaml.Event:
        """A plain scalar, which most nodes are, at once."""
        if not self.check_token(ScalarToken):
            event: yaml.Event = super().parse_node(block, indentless_sequence)
            return event
        token: ScalarToken = self.get_token()
        self.state = self.states.pop()
        implicit = (True, False) if token.plain else (False, True)
        return yaml.ScalarEvent(None, None, implicit, token.value, token.start_mark, token.end_mark, style=token.style)


_FETCH = {
    "[": Parser.fetch_flow_sequence_start,
    "{": Parser.fetch_flow_mapping_start,
    "]": Parser.fetch_flow_sequence_end,
    "}": Parser.fetch_flow_mapping_end,
    ",": Parser.fetch_flow_entry,
    "'": Parser.fetch_single,
    '"': Parser.fetch_double,
}
"""What a character begins wherever a token may begin."""
