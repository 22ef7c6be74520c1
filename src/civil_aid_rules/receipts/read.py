"""Receipts read strictly from JSON: every fault at its path, and nothing of the record in any message."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from civil_aid_rules.errors import Both, Problem, ReceiptError, RecordError, problem, shortened
from civil_aid_rules.names import instead_of
from civil_aid_rules.receipts.leaves import Leaf, leaves, step
from civil_aid_rules.records.strict_json import Refused, parse_json

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64
Model = TypeVar("Model", bound=BaseModel)
_HIDDEN = "$.record"
_KINDS = (
    ("string_", Both("a text", "文字")),
    ("int_", Both("a whole number", "整数")),
    ("bool_", Both("true or false", "true 或 false")),
    ("date", Both("a day, YYYY-MM-DD", "日期，按 YYYY-MM-DD")),
    ("day", Both("a day, YYYY-MM-DD", "日期，按 YYYY-MM-DD")),
    ("decimal", Both("an amount with two decimals", "带两位小数的金额")),
    ("money", Both("an amount with two decimals", "带两位小数的金额")),
    ("list_", Both("a list", "列表")),
    ("tuple_", Both("a list", "列表")),
    ("model_", Both("an object", "对象")),
    ("dict_", Both("an object", "对象")),
)
"""What Pydantic's faults expect, by the beginning of their kind."""


def read_strictly(text: str | bytes, model: type[Model], *, line: int | None = None) -> Model:
    """A JSON text as a `model`. `line`: its line in a file with one receipt per line.

    Raises ReceiptError with every fault: no JSON at all, keys that stand twice, numbers that are not whole, unknown or
    missing fields, values that are not written as this library writes them.
    """
    problems: list[Problem] = []
    read: Model | None = None
    try:
        data, faults = parse_json(text, max_bytes=MAX_BYTES, max_depth=MAX_DEPTH)
        problems += [fault.as_problem() for fault in faults]
        read = _validated(_without_refused(data, "$", problems) if _refuses(data) else data, model, problems)
    except RecordError as error:
        problems += error.problems
    if problems or read is None:  # raised out here: an error raised above would carry the record that it read
        raise ReceiptError([_as_receipts(item, line) for item in dict.fromkeys(problems)])
    return read


def _as_receipts(item: Problem, line: int | None) -> Problem:
    """The fault under a receipt's code and, where it is one of many, with its line."""
    at = str(item.at) if line is None else f"line {line}: {item.at}"
    return dataclasses.replace(item, code=item.code.replace("record-", "receipt-", 1), at=shortened(at, 300))


def _refuses(data: Any) -> bool:
    """Whether something in the data cannot be taken."""
    if isinstance(data, dict | list):
        return any(map(_refuses, data.values() if isinstance(data, dict) else data))
    return isinstance(data, Refused)


def _without_refused(data: Any, path: str, problems: list[Problem]) -> Any:
    """The data with a null in place of what cannot be taken; each such place is a problem."""
    match data:
        case Refused(code, text, expected):
            if not any(item.at == path for item in problems):
                problems.append(problem(code, path, found=text, expected=expected))
            return None
        case dict():
            return {key: _without_refused(value, path + step(key), problems) for key, value in data.items()}
        case list():
            return [_without_refused(value, f"{path}[{place}]", problems) for place, value in enumerate(data)]
        case _:
            return data


def _validated(data: Any, model: type[Model], problems: list[Problem]) -> Model | None:
    try:
        read = model.__pydantic_validator__.validate_json(json.dumps(data))
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
    else:
        assert isinstance(read, model)
        problems += _written_otherwise(data, read)
        return read
    known = {item.at for item in problems}
    found = [_problem(detail["loc"], detail["type"], detail["msg"], data, model) for detail in details]
    problems += [item for item in found if item.at not in known]
    return None


def _written_otherwise(data: Any, read: BaseModel) -> list[Problem]:
    """Values that mean the same but are not written as this library writes them: their digests would differ."""
    dumped = read.model_dump(mode="json")
    if dumped == data:
        return []
    written = leaves(dumped)
    return [
        problem("record-value", path, found=_shown(path, value), expected=_shown(path, written.get(path)))
        for path, value in leaves(data).items()
        if path not in written or written[path] != value
    ]


def _problem(loc: tuple[int | str, ...], kind: str, message: str, data: Any, model: type[BaseModel]) -> Problem:
    path, here = "$", data
    for part in loc:
        if isinstance(here, dict) and isinstance(part, str) and (part in here or part == loc[-1]):
            path, here = path + step(part), here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            path, here = f"{path}[{part}]", here[part]
    if path == "$.format" and kind == "literal_error":
        expected = Both(f"{_plain(message)}, or a newer civil_aid_rules", f"{_plain(message)}，或更新 civil_aid_rules")
        return problem("receipt-format", path, found=_shown(path, here), expected=expected)
    name = str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        return problem("record-unknown-field", path, found=name, expected=instead_of(name, _fields_at(loc, model)))
    if kind == "missing":
        return problem("record-missing-field", path, found=Both("nothing", "空缺"), expected=name)
    return problem("record-value", path, found=_shown(path, here), expected=_accepted(kind, message))


def _accepted(kind: str, message: str) -> Both:
    """What may stand there, from the kind of Pydantic's fault; of a choice, the words."""
    if kind == "literal_error":
        return Both(_plain(message), _plain(message).replace(" or ", " 或 "))
    return next((words for lead, words in _KINDS if kind.startswith(lead)), Both(_plain(message), "另一种写法的值"))


def _fields_at(loc: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    """The fields that the object at the end of `loc` may have; only known for the receipt itself."""
    return list(model.model_fields) if len(loc) == 1 else []


def _shown(path: str, here: Leaf | dict[str, Any] | list[Any]) -> str | Both:
    if path.startswith(_HIDDEN):
        return Both("a value that is not shown", "（不显示的值）")
    match here:
        case dict():
            return Both("an object", "一个对象")
        case list():
            return Both("a list", "一个列表")
        case None:
            return "null"
        case bool():
            return "true" if here else "false"
        case _:
            return str(here)


def _plain(message: str) -> str:
    for lead in ("Input should be a valid ", "Input should be an instance of ", "Input should be ", "Value error, "):
        message = message.removeprefix(lead)
    return message.replace("'", "")
