"""Text → tree: PyYAML's events put together, and every fault met on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from civil_aid_rules.errors import Both, Problem, problem
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source.complaints import excerpt, place, syntax_problem
from civil_aid_rules.yaml_source.limits import MAX_DEPTH, MAX_NODES, MAX_PROBLEMS
from civil_aid_rules.yaml_source.nodes import Mapping, Node, Scalar, Sequence
from civil_aid_rules.yaml_source.scanner import Parser
from civil_aid_rules.yaml_source.text import REFUSED, VISIBLE, code_point

_TOO_LARGE = Both("a number out of range", "编号超出范围")


def parsed(text: str, file: str) -> Tree:
    """Run the parser until the document ends, a limit is passed or the syntax is broken."""
    tree = Tree(file)
    parser = Parser(text)
    try:
        while not tree.stopped and (event := parser.get_event()) is not None:  # type: ignore[no-untyped-call]
            tree.take(event)
    except yaml.MarkedYAMLError as error:  # ReaderError, the only other kind, needs a character refused before
        tree.problems.append(syntax_problem(error, text, file))
    except (ValueError, OverflowError):  # PyYAML lets these escape for "\U00110000", "\UFFFFFFFF" and %YAML 1.999…
        at, found = place(parser.get_mark(), file), excerpt(text, parser.index)
        tree.fault("yaml-syntax", at, found=found, expected="≤ 10FFFF", says=_TOO_LARGE, since=at)
    finally:
        parser.dispose()
    for code, mark in parser.noted[:MAX_PROBLEMS]:
        expected = "key: value" if code == "yaml-complex-key" else "---"
        tree.fault(code, place(mark, file), found=excerpt(text, mark.index), expected=expected)
    return tree


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
class Tree:
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
        if isinstance(event, yaml.NodeEvent):
            self._take_node(event, place(event.start_mark, self.file))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(self.open.pop().closed())
        elif isinstance(event, yaml.DocumentStartEvent):
            self._count_document(place(event.start_mark, self.file))

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
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_properties(event, at)
            self._put(self._scalar(event, at))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_properties(event, at)
            self._open_collection(at, isinstance(event, yaml.MappingStartEvent))
        elif isinstance(event, yaml.AliasEvent):
            self.fault("yaml-alias", at, found=f"*{event.anchor}", expected=f'"*{event.anchor}"')
            self._put(Scalar(f"*{event.anchor}", at, quoted=True))

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
        refused = (
            REFUSED.search(event.value) if event.style == '"' else None
        )  # an escape such as "\u202e" can bring one in
        if refused:
            self.fault("yaml-character", at, found=code_point(refused[0]), expected=VISIBLE)
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
