"""PyYAML's own complaints as faults: where, what stands there, and what to type instead."""

from __future__ import annotations

import yaml

from civil_aid_rules.errors import Both, InternalError, Problem, problem
from civil_aid_rules.source import SourceSpan

_CLOSERS = {"'": "'", '"': '"', "[": "]", "{": "}"}

_KEY = "key: value"
_NOT_READ = Both("this cannot be read", "这里读不懂")
_COLON = Both(
    "a colon that introduces no value (two in one line, or wrong indentation)",
    "冒号引不出值（一行有两个冒号，或缩进不对）",
)
_MEANT: tuple[tuple[str, str, Both], ...] = (
    ("mapping values are not allowed", 'key: "…: …"', _COLON),
    ("could not find expected ':'", _KEY, Both("a line without a colon", "此行没有冒号")),
    ("expected ',' or ']'", ", ]", Both("neither a comma nor the closing bracket follows", "后面缺少逗号或右方括号")),
    ("expected ',' or '}'", ", }", Both("neither a comma nor the closing brace follows", "后面缺少逗号或右花括号")),
    ("unknown escape character", r"\\ \" \n", Both("a backslash that means nothing", "反斜杠后的字符没有意义")),
    ("hexadecimal", r"\x00 \u0000 \U00000000", Both("too few hexadecimal digits", "十六进制位数不足")),
    ("cannot start any token", '"…"', Both("a sign with which no text begins", "文字不能以此符号开头")),
    ("<block end>", _KEY, Both("the indentation does not fit the lines above", "缩进与上面各行对不上")),
    ("<document start>", _KEY, Both("a line further left than the first one", "此行比第一行更靠左")),
    ("are not allowed here", _KEY, Both("a list or key begins where none may", "此处不能开始列表或键")),
    ("the node content", _KEY, Both("a value is missing", "缺少值")),
    ("end of stream", _KEY, Both("something is not closed", "有引号或括号没有关闭")),
    ("document separator", _KEY, Both("something is not closed", "有引号或括号没有关闭")),
    ("comment or a line break", _KEY, Both("something follows where the line must end", "此处应换行，却还有内容")),
    ("indentation indicator", "|", Both("a sign after | or > that means nothing", "| 或 > 之后的符号没有意义")),
    ("alphabetic or numeric", '"…"', Both("an anchor or alias without a name", "锚点或别名没有名字")),
)
"""What to type and what is wrong, by a piece of PyYAML's own words, which nobody else should have to read."""


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """PyYAML's error at its place; what was left open or lacks its colon at its beginning, not where that showed."""
    mark, says = error.problem_mark, str(error.problem)
    since = error.context_mark or mark
    if mark is None or since is None:
        raise InternalError(f"PyYAML gave an error without a place: {says}")
    expected, meant = next(((hint, meant) for words, hint, meant in _MEANT if words in says), (_KEY, _NOT_READ))
    if mark.index >= len(text.rstrip("\n")) or "could not find expected ':'" in says:
        mark = since
        expected = _CLOSERS.get(text[mark.index : mark.index + 1], expected)
    if text[mark.index : mark.index + 1] == "\t":
        return problem("yaml-tab", place(mark, file), found="TAB", expected='"  "')
    at, began = place(mark, file), place(since, file)
    return problem("yaml-syntax", at, found=excerpt(text, mark.index), expected=expected, says=meant, since=began)


def excerpt(text: str, index: int) -> str:
    """What stands at `index`, to the end of its line."""
    rest = text[index : index + 40].split("\n")[0]
    return rest or ("⏎" if index < len(text) else "EOF")


def place(mark: object, file: str) -> SourceSpan:
    """PyYAML's mark as a place; it counts from 0."""
    if not isinstance(mark, yaml.Mark):
        raise InternalError("PyYAML's pure parser gave an event without a place")
    return SourceSpan(file, mark.line + 1, mark.column + 1)
