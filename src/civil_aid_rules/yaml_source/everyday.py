"""The tree of a text in everyday YAML, at once: a tenth of the time that PyYAML's events take.

Everyday YAML is what people write by hand: lists and mappings by indentation or in brackets, and texts: on one line,
bare or in quotes without escapes, or folded (`>-`) into lines that all begin in one column. Whatever else there is, a
fault most of all, is left to PyYAML's events, which say what a file means: the tree given here is the one that they
give, with the same places, and they find no fault in the text. A test holds both against each other on the shipped
packs and on thousands of damaged files. Depth is limited before anything goes a level deeper.
"""

from __future__ import annotations

import re
from typing import Final

from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source.limits import MAX_DEPTH, MAX_NODES
from civil_aid_rules.yaml_source.nodes import Mapping, Node, Scalar, Sequence
from civil_aid_rules.yaml_source.words import BLANK, PLAIN_IN_BLOCK, PLAIN_IN_FLOW

MOST_OF_A_KEY = 1000
"""PyYAML looks for a key's colon within 1,024 characters."""

_MARKS = re.compile(r"^(?:---|\.\.\.|%)|\t", re.MULTILINE)
"""Ends of documents, directives, and tabs, of which some are allowed."""

_BEGINS = r"[^ \n\0\-?:,\[\]{}#&*!|>'\"%@`]"
_QUOTES = r"|\"([^\"\\\n\0]*)\"|'([^'\n\0]*(?:''[^'\n\0]*)*)'(?!')"
_IN_BLOCK = re.compile(rf"((?={_BEGINS}|-[^ \n\0]){PLAIN_IN_BLOCK}){_QUOTES}")
_IN_FLOW = re.compile(rf"((?={_BEGINS}|-[^ \n\0,\[\]{{}}?:]){PLAIN_IN_FLOW}){_QUOTES}")
"""A text that begins as no other thing does: bare, in double quotes, or in single ones."""

_DOUBLE, _SINGLE = 2, 3
_BLANK = re.compile(BLANK)
_GAP = re.compile(r"(?: |\n|(?<=[ \n])#[^\n\0]*)*")
_LINE_END = re.compile(r" *(?: #[^\n\0]*)?\n")
_FOLDED = re.compile(r">-\n( +)(?! )([^\n\0]+(?:\n\1(?! )[^\n\0]+)*)\n(?=\0| *[^ \n#])")
_ENTRY = re.compile(r"- +(?=[^ \n#])")
_END: Final = -1


def everyday_tree(text: str, file: str) -> Node | None:
    """The tree of the text; None for a text that is not everyday YAML. `text`: without refused characters."""
    if not text.endswith("\n") or _MARKS.search(text):
        return None
    reader = _Reader(text + "\0", file)
    try:
        return reader.document()
    except _NotEverydayError:
        return None


class _NotEverydayError(Exception):
    """Something that PyYAML must say the meaning of."""


class _Reader:
    """Goes through the text once. `at` is the next character, `start` the first one of its line.

    `column` is that of the first character of a line of a block, counted from 0; _END where no line is left.
    """

    __slots__ = ("at", "column", "file", "line", "nodes", "start", "text")

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.at = self.start = self.nodes = self.column = 0
        self.line = 1

    def document(self) -> Node:
        """The block that the document consists of."""
        self._next_line()
        found = self._block(1)
        if self.column != _END:
            raise _NotEverydayError
        return found

    # --- places ------------------------------------------------------------------------------------------------------

    def _here(self) -> SourceSpan:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _NotEverydayError
        return SourceSpan(self.file, self.line, self.at - self.start + 1)

    def _pass(self, blank: re.Pattern[str]) -> None:
        """Go on behind spaces, comments and line ends."""
        before, self.at = self.at, self._end_of(blank)
        breaks = self.text.count("\n", before, self.at)
        if breaks:
            self.line += breaks
            self.start = self.text.rindex("\n", before, self.at) + 1

    def _end_of(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _NotEverydayError
        return found.end()

    def _next_line(self) -> None:
        """Go to the next line that says something."""
        self._pass(_BLANK)
        self.column = _END if self.text[self.at] == "\0" else self.at - self.start

    # --- texts -------------------------------------------------------------------------------------------------------

    def _scalar(self, pattern: re.Pattern[str]) -> Scalar:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _NotEverydayError
        place, kind = self._here(), found.lastindex or 0
        self.at = found.end()
        return Scalar(found[kind].replace("''", "'") if kind == _SINGLE else found[kind], place, kind >= _DOUBLE)

    def _key(self, pattern: re.Pattern[str], keys: set[str]) -> Scalar:
        """A key that its mapping does not have yet, with the colon behind it."""
        key = self._scalar(pattern)
        colon = self.text[self.at] == ":" and self.text[self.at + 1] in " \n"
        merge = key.text == "<<" and not key.quoted
        if not colon or merge or key.text in keys or len(key.text) > MOST_OF_A_KEY:
            raise _NotEverydayError
        keys.add(key.text)
        self.at += 1
        return key

    # --- blocks ------------------------------------------------------------------------------------------------------

    def _block(self, depth: int) -> Node:
        """The list or mapping whose first entry stands here; all its entries stand in this column."""
        if depth > MAX_DEPTH:
            raise _NotEverydayError
        place, column = self._here(), self.at - self.start
        if self.text.startswith("- ", self.at):
            return Sequence(tuple(self._items(column, depth)), place)
        return Mapping(tuple(self._entries(column, depth)), place)

    def _goes_on(self, column: int) -> bool:
        """Whether the next line belongs to the block of this column; one further in belongs to nothing."""
        if self.column > column:
            raise _NotEverydayError
        return self.column == column

    def _entries(self, column: int, depth: int) -> list[tuple[Scalar, Node]]:
        found: list[tuple[Scalar, Node]] = []
        keys: set[str] = set()
        while not found or self._goes_on(column):
            key = self._key(_IN_BLOCK, keys)
            found.append((key, self._value(column, depth)))
        return found

    def _value(self, column: int, depth: int) -> Node:
        """What follows a key: on its line, or as a block further in."""
        line_end = _LINE_END.match(self.text, self.at)
        if line_end is None:
            self.at += 1
            self._pass(_GAP)
            return self._rest_of_line(column, depth)
        self._next_line()
        if self.column < column or (self.column == column and not self.text.startswith("- ", self.at)):
            raise _NotEverydayError
        return self._block(depth + 1)

    def _items(self, column: int, depth: int) -> list[Node]:
        found: list[Node] = []
        while not found or (self._goes_on(column) and self.text.startswith("- ", self.at)):
            self.at = self._end_of(_ENTRY)
            found.append(self._block(depth + 1) if self._is_key() else self._rest_of_line(column, depth))
        return found

    def _is_key(self) -> bool:
        found = _IN_BLOCK.match(self.text, self.at)
        return found is not None and self.text[found.end()] == ":"

    def _rest_of_line(self, column: int, depth: int) -> Node:
        """A text, or something in brackets, with which a line ends; or a text folded into the lines below it."""
        if self.text[self.at] == ">":
            return self._folded(column)
        found = self._bracketed(depth + 1) if self.text[self.at] in "[{" else self._scalar(_IN_BLOCK)
        self._end_of(_LINE_END)
        self._next_line()
        return found

    def _folded(self, column: int) -> Scalar:
        found, place = _FOLDED.match(self.text, self.at), self._here()
        if found is None or len(found[1]) <= column:
            raise _NotEverydayError
        self.line += 2 + found[2].count("\n")
        self.at = self.start = found.end()
        self._next_line()
        return Scalar(found[2].replace("\n" + found[1], " "), place, quoted=True)

    # --- brackets ----------------------------------------------------------------------------------------------------

    def _bracketed(self, depth: int) -> Node:
        """A list or mapping in brackets, of one line or several."""
        if depth > MAX_DEPTH:
            raise _NotEverydayError
        place, is_list = self._here(), self.text[self.at] == "["
        items: list[Node] = []
        pairs: list[tuple[Scalar, Node]] = []
        keys: set[str] = set()
        closer = "]" if is_list else "}"
        while not self._closes(closer, first=not (items or pairs)):
            if is_list:
                items.append(self._in_brackets(depth))
            else:
                key = self._key(_IN_FLOW, keys)
                self._pass(_GAP)
                pairs.append((key, self._in_brackets(depth)))
        return Sequence(tuple(items), place) if is_list else Mapping(tuple(pairs), place)

    def _in_brackets(self, depth: int) -> Node:
        return self._bracketed(depth + 1) if self.text[self.at] in "[{" else self._scalar(_IN_FLOW)

    def _closes(self, closer: str, *, first: bool) -> bool:
        """Go on behind a bracket that closes, or to the next entry: behind the opening bracket, or a comma."""
        if not first:
            self._pass(_GAP)
            if self.text[self.at] != closer and self.text[self.at] != ",":
                raise _NotEverydayError
        if first or self.text[self.at] == ",":
            self.at += 1
            self._pass(_GAP)
        if self.text[self.at] != closer:
            return False
        self.at += 1
        return True
