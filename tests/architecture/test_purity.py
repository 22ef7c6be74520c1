"""The code itself: no float, no clock, environment, network or chance; no text is run; every node is met."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import civil_aid_rules
from civil_aid_rules.ir.nodes import Node

SOURCES = Path(civil_aid_rules.__file__).parent
FILES = sorted(SOURCES.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
COMMAND_LINE = SOURCES / "cli"
"""The only place that may look at the world: whether a stream is open, and where its output goes."""

WORLD = {
    "time", "random", "secrets", "uuid", "socket", "ssl", "http", "urllib", "asyncio", "subprocess", "multiprocessing",
    "threading", "locale", "platform", "getpass", "tempfile", "logging", "os",
}  # fmt: skip
CONSTANTS = {"SEEK_END", "PathLike", "fsync"}
"""What may be taken from these modules all the same."""
FILES_OF_A_RUN = {
    "caseload/population/one_run.py": {"O_RDONLY", "open", "close"},
    "caseload/population/whole_file.py": {"fstat"},
}
"""What these files take besides, to hold what they write to for one run alone."""
PROCESSES = "caseload/population/workers.py"
"""The only file that starts processes: as many as its caller says."""
ASKS_THE_WORLD = {"today", "now", "utcnow", "fromtimestamp", "environ", "getenv", "cwd", "home", "expanduser"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
GENERATED = "backends/python_source/compiled.py"
"""The only file that runs text: what the engine itself has printed, with quoted texts and next to no built-ins."""
NODES = {node.__name__ for node in get_args(Node)}
INNER = [path for path in FILES if COMMAND_LINE not in path.parents]


def shown(path: Path) -> str:
    """The file as a test's name shows it."""
    return path.relative_to(SOURCES).as_posix()


def places(path: Path, found: Iterator[ast.AST]) -> list[str]:
    """`line: code` of what was found."""
    return [f"{getattr(node, 'lineno', 0)}: {ast.unparse(node)[:80]}" for node in found]


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_float_is_written_made_or_declared(path: Path) -> None:
    def floats() -> Iterator[ast.AST]:
        for node in ast.walk(TREES[path]):
            if (isinstance(node, ast.Constant) and isinstance(node.value, float | complex)) or (
                isinstance(node, ast.Name) and node.id in ("float", "complex")
            ):
                yield node

    assert places(path, floats()) == []


@pytest.mark.parametrize("path", INNER, ids=shown)
def test_nothing_asks_a_clock_the_environment_the_network_or_chance(path: Path) -> None:
    allowed = CONSTANTS | FILES_OF_A_RUN.get(shown(path), set())

    def asked() -> Iterator[ast.AST]:
        for node in ast.walk(TREES[path]):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not {alias.name for alias in node.names} <= allowed:
                modules.append(node.module or "")
            world = WORLD - {"multiprocessing"} if shown(path) == PROCESSES else WORLD
            if any(module.partition(".")[0] in world for module in modules):
                yield node
            if isinstance(node, ast.Attribute) and node.attr in ASKS_THE_WORLD:
                yield node

    assert places(path, asked()) == []


@pytest.mark.parametrize("path", [path for path in FILES if shown(path) != GENERATED], ids=shown)
def test_no_text_is_run_as_code(path: Path) -> None:
    calls = (node for node in ast.walk(TREES[path]) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    assert places(path, (call for call in calls if ast.unparse(call.func) in RUNS_TEXT)) == []


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_error_is_caught_unseen(path: Path) -> None:
    """Every `except` names what it expects; none of them everything."""

    def broad() -> Iterator[ast.AST]:
        for node in ast.walk(TREES[path]):
            if isinstance(node, ast.ExceptHandler):
                caught = "" if node.type is None else ast.unparse(node.type)
                if not caught or {"Exception", "BaseException"} & set(caught.replace(",", " ").strip("()").split()):
                    yield node

    assert places(path, broad()) == []


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_state_is_shared_by_a_module(path: Path) -> None:
    """No `global`, and no list, dict or set at the top of a module that some function changes."""
    tree = TREES[path]
    tops = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    changers = {"append", "add", "update", "setdefault", "pop", "clear", "extend", "insert", "remove", "popitem"}

    def changed() -> Iterator[ast.AST]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Global | ast.Nonlocal):
                yield node
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in changers:
                changed_value = node.func.value
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
                changed_value = node.value
            else:
                continue
            if isinstance(changed_value, ast.Name) and changed_value.id in tops:
                yield node

    assert places(path, changed()) == []


def classes_of(match: ast.Match) -> set[str]:
    """The node classes that a match tells apart."""
    patterns = (pattern for case in match.cases for pattern in ast.walk(case.pattern))
    found = {ast.unparse(pattern.cls) for pattern in patterns if isinstance(pattern, ast.MatchClass)}
    return found & NODES


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_match_that_tells_most_nodes_apart_meets_every_node(path: Path) -> None:
    """It ends in assert_never, so that a type checker finds what a new node lacks; few nodes may share a default."""
    if "language" in path.parts:
        return  # its nodes are those of the syntax
    matches = [node for node in ast.walk(TREES[path]) if isinstance(node, ast.Match)]
    open_ended = [
        match
        for match in matches
        if len(classes_of(match)) > len(NODES) // 2 and "assert_never" not in ast.unparse(match.cases[-1])
    ]
    assert places(path, iter(open_ended)) == []


def test_the_interpreter_the_texts_the_trace_and_the_explanation_meet_every_node() -> None:
    complete = {
        shown(path)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Match) and "language" not in path.parts and classes_of(node) == NODES
    }
    assert complete >= {
        "backends/interpreter.py",
        "ir/text.py",
        "determinations/grounds.py",
        "render/formula.py",
        "compiler/growth.py",
        "compiler/precision.py",
    }
