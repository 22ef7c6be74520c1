"""A YAML file → a tree of texts with their places, or every fault found in it.

Nothing is interpreted: `NO`, `0270` and `12:30` stay the text that they are until the declared type reads them. What
could mean two things, or hide something from the person who reads the file, is refused: repeated keys, anchors,
aliases, tags, merge keys, `?` keys, directives, invisible characters, ambiguous line ends.

PyYAML's pure-Python parser is used everywhere: the C parser accepts other files, names other lines, and crashes on deep
nesting. The pure one needs up to 3.5 s for a hostile MiB, most of all for short lines and many values; with the limits
below the slowest input found takes about one second. Depth and nodes are counted while it runs; nothing recurses.
"""

from __future__ import annotations

from pathlib import Path

from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.source import SourceSpan
from civil_aid_rules.yaml_source.limits import MAX_BYTES, MAX_DEPTH, MAX_LINE, MAX_LINES, MAX_NODES, MAX_PROBLEMS
from civil_aid_rules.yaml_source.nodes import Mapping, Node, Scalar, Sequence
from civil_aid_rules.yaml_source.text import decoded, refused_characters, refused_lines
from civil_aid_rules.yaml_source.tree import parsed

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_LINE",
    "MAX_LINES",
    "MAX_NODES",
    "MAX_PROBLEMS",
    "Mapping",
    "Node",
    "Reading",
    "Scalar",
    "Sequence",
    "read_yaml",
    "read_yaml_despite_faults",
    "read_yaml_file",
]

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
    text = decoded(data, file)
    if isinstance(text, Problem):
        return None, (text,)
    problems = [*refused_lines(text, file), *refused_characters(text, file)]
    tree = None if problems else parsed(text, file)
    if tree is None:
        return None, tuple(sorted(problems[:MAX_PROBLEMS], key=Problem.sort_key))
    if not tree.problems and tree.is_empty:
        tree.fault("yaml-empty", SourceSpan(file, 1, 1), found="∅", expected="key: value")
    return (None if tree.is_empty else tree.root), tuple(sorted(tree.problems, key=Problem.sort_key))
