"""A YAML file → a tree of texts with their places, or every fault found in it.

Nothing is interpreted: `NO`, `0270` and `12:30` stay the text that they are until the declared type reads them. What
could mean two things, or hide something from the person who reads the file, is refused: repeated keys, anchors,
aliases, tags, merge keys, `?` keys, directives, invisible characters, ambiguous line ends.

PyYAML's pure-Python parser is used everywhere: the C parser accepts other files, names other lines, and crashes on deep
nesting. The pure one needs up to 3.5 s for a hostile MiB, most of all for short lines and many values; with the limits
below the slowest input found takes about one second. Depth and nodes are counted while it runs; nothing recurses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from civil_aid_rules.errors import InternalError, Problem, problem
from civil_aid_rules.source import SourceSpan

MAX_BYTES = 1024 * 1024
MAX_LINES = 50_000
MAX_LINE = 2_000
MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_PROBLEMS = 50
"""Reading stops after this many faults of one file."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text, where its first character (or its quote) stands, and whether it was quoted or a block (`|`, `>`)."""

    text: str
    at: SourceSpan
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and where it begins."""

    items: tuple[Node, ...]
    at: SourceSpan


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values in file order, no key twice, and where the first begins."""

    entries: tuple[tuple[Scalar, Node], ...]
    at: SourceSpan


Node = Scalar | Sequence | Mapping
Reading = tuple[Node | None, tuple[Problem, ...]]
"""A tree and no problems, or no tree and at least one problem, in file order."""


def read_yaml_file(path: Path, shown_as: str) -> Reading:
    """Read the file at `path`; problems and places name it `shown_as`."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        at = SourceSpan(shown_as, 1, 1)
        return None, (problem("yaml-unreadable", at, found=type(error).__name__, expected=shown_as),)
    return read_yaml(data, shown_as)


def read_yaml(data: bytes, file: str) -> Reading:
    """Read one YAML document; `file` is the name that places show.

    >>> node, problems = read_yaml(b"open: NO", "hours.yaml")
    >>> node.entries[0][1].text, str(node.entries[0][1].at), problems
    ('NO', 'hours.yaml:1:7', ())
    >>> print(read_yaml(b"a: 1\\na: 2", "twice.yaml")[1][0].at)
    twice.yaml:2:1
    """
    node, problems = read_yaml_despite_faults(data, file)
    return (None if problems else node), problems


def read_yaml_despite_faults(data: bytes, file: str) -> Reading:
    """Like `read_yaml`, but with the tree beside its problems where the document was read to its end.

    A key that stands twice then stands in its mapping twice.
    """
    text = _decoded(data, file)
    if isinstance(text, Problem):
        return None, (text,)
    problems = [*_refused_lines(text, file), *_refused_characters(text, file)]
    tree = None if problems else _parsed(text, file)
    if tree is None:
        return None, tuple(sorted(problems[:MAX_PROBLEMS], key=Problem.sort_key))
    if not tree.problems and tree.is_empty:
        tree.fault("yaml-empty", SourceSpan(file, 1, 1), found="∅", expected="key: value")
    return (None if tree.is_empty else tree.root), tuple(sorted(tree.problems, key=Problem.sort_key))


# bytes → text


def _decoded(data: bytes, file: str) -> str | Problem:
    """The text without a UTF-8 mark at its start and with CR LF as LF, which moves no line or column."""
    top = SourceSpan(file, 1, 1)
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1024} KiB"
        return problem("yaml-too-large", top, found=f"> {limit}", expected=f"≤ {limit}")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]:
        return problem("yaml-encoding", top, found=_hexadecimal(data[:2]), expected="UTF-8", looks_like="UTF-16")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _plain_text(data[: error.start].decode("utf-8"))
        found, guess = _hexadecimal(data[error.start : error.start + 1]), _guessed_encoding(data)
        at = _place(before, len(before), file)
        return problem("yaml-encoding", at, found=found, expected="UTF-8", looks_like=guess)
    return _plain_text(text)


def _plain_text(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _hexadecimal(data: bytes) -> str:
    return " ".join(f"0x{byte:02X}" for byte in data)


def _guessed_encoding(data: bytes) -> str:
    """GBK where the bytes are possible in it (Chinese Windows saves so), else binary."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "binary"
    return "GBK"


def _place(text: str, index: int, file: str) -> SourceSpan:
    """The place of the character at `index`."""
    return SourceSpan(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


# text → refused lines and characters

_LINE_ENDS = "\r\x85\u2028\u2029"
"""Line ends to some programs only: line numbers would depend on who counts."""

_REFUSED_RANGES = (
    (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F),  # control characters other than tab and line feed
    (0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2),
    (0x180E, 0x180E), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFB),
    (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),  # format
    (0xE0000, 0xE00FF), (0xE01F0, 0xE0FFF),  # tags and what Unicode keeps for further invisible characters
    (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x3164, 0x3164), (0xFFA0, 0xFFA0),  # letters without a shape
    (0xD800, 0xDFFF),  # lone surrogates
    (0xE000, 0xF8FF), (0xF0000, 0xFFFFF), (0x100000, 0x10FFFF),  # private use
    (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF),  # not characters
)  # fmt: skip
"""Written out, not asked of `unicodedata`: every Python must refuse the same files."""

_VISIBLE = "a–z, 0–9, 汉字"

_REFUSED = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _REFUSED_RANGES) + "]")


def _refused_lines(text: str, file: str) -> list[Problem]:
    """Lines too long to check by eye, and more lines than one file may have."""
    lines = text.removesuffix("\n").split("\n")
    found = [
        problem("yaml-long-line", SourceSpan(file, number, MAX_LINE + 1), found=len(line), expected=f"≤ {MAX_LINE}")
        for number, line in enumerate(lines, 1)
        if len(line) > MAX_LINE
    ]
    if len(lines) > MAX_LINES:
        at = SourceSpan(file, MAX_LINES + 1, 1)
        found.append(problem("yaml-too-many-lines", at, found=len(lines), expected=f"≤ {MAX_LINES}"))
    return found


def _refused_characters(text: str, file: str) -> list[Problem]:
    found: list[Problem] = []
    for match in _REFUSED.finditer(text):
        if len(found) == MAX_PROBLEMS:
            break
        at, shown = _place(text, match.start(), file), _code_point(match[0])
        if match[0] in _LINE_ENDS:
            found.append(problem("yaml-line-break", at, found=shown, expected="LF / CR LF"))
        else:
            found.append(problem("yaml-character", at, found=shown, expected=_VISIBLE))
    return found


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


# text → tree


class _Parser(yaml.SafeLoader):
    """PyYAML's pure parser, which also notes where directives and `?` keys stand (its events do not tell)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.noted: list[tuple[str, yaml.Mark]] = []

    def fetch_key(self) -> None:
        self.noted.append(("yaml-complex-key", self.get_mark()))
        super().fetch_key()

    def fetch_directive(self) -> None:
        self.noted.append(("yaml-directive", self.get_mark()))
        super().fetch_directive()


def _parsed(text: str, file: str) -> _Tree:
    """Run the parser until the document ends, a limit is passed or the syntax is broken."""
    tree = _Tree(file)
    parser = _Parser(text)
    try:
        while not tree.stopped and parser.check_event():
            tree.take(parser.get_event())  # type: ignore[no-untyped-call]
    except yaml.MarkedYAMLError as error:  # ReaderError, the only other kind, needs a character refused before
        tree.problems.append(_syntax_problem(error, text, file))
    except (ValueError, OverflowError):  # PyYAML lets these escape for "\U00110000", "\UFFFFFFFF" and %YAML 1.999…
        at, found = _at(parser.get_mark(), file), _excerpt(text, parser.index)
        tree.fault("yaml-syntax", at, found=found, expected="≤ 10FFFF", says="number out of range", since=at)
    finally:
        parser.dispose()
    for code, mark in parser.noted[:MAX_PROBLEMS]:
        expected = "key: value" if code == "yaml-complex-key" else "---"
        tree.fault(code, _at(mark, file), found=_excerpt(text, mark.index), expected=expected)
    return tree


def _at(mark: object, file: str) -> SourceSpan:
    """PyYAML's mark as a place; it counts from 0."""
    if not isinstance(mark, yaml.Mark):
        raise InternalError("PyYAML's pure parser gave an event without a place")
    return SourceSpan(file, mark.line + 1, mark.column + 1)


@dataclass(slots=True)
class _Open:
    """A list or mapping not yet closed. In a mapping, `nodes` alternates keys and values."""

    at: SourceSpan
    is_mapping: bool
    nodes: list[Node] = field(default_factory=list)
    keys: dict[str, SourceSpan] = field(default_factory=dict)

    @property
    def awaits_key(self) -> bool:
        return self.is_mapping and len(self.nodes) % 2 == 0

    def closed(self) -> Node:
        if not self.is_mapping:
            return Sequence(tuple(self.nodes), self.at)
        pairs = zip(self.nodes[::2], self.nodes[1::2], strict=True)
        return Mapping(tuple((key, value) for key, value in pairs if isinstance(key, Scalar)), self.at)


@dataclass(slots=True)
class _Tree:
    """The tree as far as the events have built it, and the faults met on the way."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    root: Node | None = None
    stopped: bool = False
    open: list[_Open] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the document says nothing at all."""
        return self.root is None or (isinstance(self.root, Scalar) and not self.root.text and not self.root.quoted)

    def fault(self, code: str, at: SourceSpan, *, found: object, expected: object, **values: object) -> None:
        """Note a fault; after MAX_PROBLEMS of them reading stops."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem(code, at, found=found, expected=expected, **values))
        self.stopped = self.stopped or len(self.problems) >= MAX_PROBLEMS

    def take(self, event: yaml.Event) -> None:
        """Add what one event of the parser says."""
        match event:
            case yaml.NodeEvent():
                self._take_node(event, _at(event.start_mark, self.file))
            case yaml.CollectionEndEvent():
                self._put(self.open.pop().closed())
            case yaml.DocumentStartEvent():
                self._count_document(_at(event.start_mark, self.file))
            case _:
                pass

    def _count_document(self, at: SourceSpan) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop("yaml-documents", at, found="---", expected="1")

    def _stop(self, code: str, at: SourceSpan, *, found: object, expected: object) -> None:
        self.fault(code, at, found=found, expected=expected)
        self.stopped = True

    def _take_node(self, event: yaml.NodeEvent, at: SourceSpan) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            return self._stop("yaml-nodes", at, found=self.nodes, expected=f"≤ {MAX_NODES}")
        match event:
            case yaml.AliasEvent():
                self.fault("yaml-alias", at, found=f"*{event.anchor}", expected=f'"*{event.anchor}"')
                self._put(Scalar(f"*{event.anchor}", at, quoted=True))
            case yaml.ScalarEvent():
                self._refuse_properties(event, at)
                self._put(self._scalar(event, at))
            case yaml.CollectionStartEvent():
                self._refuse_properties(event, at)
                self._open_collection(at, isinstance(event, yaml.MappingStartEvent))

    def _open_collection(self, at: SourceSpan, is_mapping: bool) -> None:
        self.open.append(_Open(at, is_mapping))
        if len(self.open) > MAX_DEPTH:
            self._stop("yaml-depth", at, found=len(self.open), expected=f"≤ {MAX_DEPTH}")

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, at: SourceSpan) -> None:
        """Anchors (`&name`) and tags (`!!int`, `!`) before a node."""
        if event.anchor is not None:
            self.fault("yaml-anchor", at, found=f"&{event.anchor}", expected=f'"&{event.anchor}"')
        if event.tag is not None:
            self.fault("yaml-tag", at, found=event.tag.replace("tag:yaml.org,2002:", "!!"), expected='"…"')

    def _scalar(self, event: yaml.ScalarEvent, at: SourceSpan) -> Scalar:
        refused = _REFUSED.search(event.value)  # only an escape such as "\u202e" can bring one in
        if refused:
            self.fault("yaml-character", at, found=_code_point(refused[0]), expected=_VISIBLE)
        return Scalar(event.value, at, quoted=bool(event.style))

    def _put(self, node: Node) -> None:
        """Add a finished node to the innermost open list or mapping, or make it the root."""
        if not self.open:
            self.root = node
            return
        if self.open[-1].awaits_key:
            self._check_key(node, self.open[-1].keys)
        self.open[-1].nodes.append(node)

    def _check_key(self, key: Node, keys: dict[str, SourceSpan]) -> None:
        match key:
            case Scalar(text="<<", quoted=False):
                self.fault("yaml-merge", key.at, found="<<", expected="key: value")
            case Scalar():
                first = keys.setdefault(key.text, key.at)
                if first is not key.at:
                    self.fault("yaml-duplicate-key", key.at, found=key.text or '""', expected="1", first=first)
            case Sequence():
                self.fault("yaml-key", key.at, found="[…]", expected="key: value")
            case Mapping():
                self.fault("yaml-key", key.at, found="{…}", expected="key: value")


# PyYAML's complaints

_CLOSERS = {"'": "'", '"': '"', "[": "]", "{": "}"}

_EXPECTED = (
    ("mapping values are not allowed", 'key: "…: …"'),
    ("could not find expected ':'", "key: value"),
    ("expected ',' or ']'", ", ]"),
    ("expected ',' or '}'", ", }"),
    ("unknown escape character", r"\\ \" \n"),
    ("hexadecimal", r"\x00 \u0000 \U00000000"),
    ("cannot start any token", '"…"'),
)
"""What to type, by a piece of PyYAML's own words."""


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """PyYAML's error at its place; what was left open or lacks its colon at its beginning, not where that showed."""
    mark, says = error.problem_mark, str(error.problem)
    since = error.context_mark or mark
    if mark is None or since is None:
        raise InternalError(f"PyYAML gave an error without a place: {says}")
    expected = next((hint for words, hint in _EXPECTED if words in says), "key: value")
    if mark.index >= len(text.rstrip("\n")) or "could not find expected ':'" in says:
        mark = since
        expected = _CLOSERS.get(text[mark.index : mark.index + 1], expected)
    if text[mark.index : mark.index + 1] == "\t":
        return problem("yaml-tab", _at(mark, file), found="TAB", expected='"  "')
    at, began = _at(mark, file), _at(since, file)
    return problem("yaml-syntax", at, found=_excerpt(text, mark.index), expected=expected, says=says, since=began)


def _excerpt(text: str, index: int) -> str:
    """What stands at `index`, to the end of its line."""
    rest = text[index : index + 40].split("\n")[0]
    return rest or ("⏎" if index < len(text) else "EOF")
