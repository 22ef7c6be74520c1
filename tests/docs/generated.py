"""The reference pages that are written from the code: docs/reference/records.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from civil_aid_rules import Household
from civil_aid_rules.quantities.fields import ChoiceTitles, Entry, Fact, Note, Private
from civil_aid_rules.records.fields import accepted, choices, model_of

_HEAD = """\
# The household record

What the shipped programs know of a family: facts as they are written down, and nothing that a law defines. Who counts
as a member, what an income comes to in a month, whether it is still paid: these are rules with a source, never fields.

The page is written from the model (`python -m tests.docs.update`).

- A field left out, or null, is **not known**. It is neither zero nor no.
- `none` (for a list: `[]`) says that there is none.
- A list that is there is complete as declared.
- A field marked *none* under "left out" says by its absence that there is none, and why.
- Amounts are text or whole yuan with at most two decimals: `"900"`, `"900.50"`, `900`. Days are `YYYY-MM-DD`.
- Fields marked *private* never appear in explanations, errors or logs. Rules can name neither them nor fields marked
  *note*.

A record is read from JSON or YAML (`Household.load`, `Household.from_json`). Unknown fields, floats, duplicate keys and
lists beyond their limit are refused, all faults together, each at its path. A family to begin with is
[examples/household.yaml](../../examples/household.yaml).

The JSON Schema of this record is [household.schema.json](../../rules/schema/household.schema.json); counties and elder
homes have [county.schema.json](../../rules/schema/county.schema.json) and
[facility.schema.json](../../rules/schema/facility.schema.json). `record_schema(model)` makes that of any record model.
An editor completes fields and marks mistakes in a record that begins with a line such as
`# yaml-language-server: $schema=../rules/schema/household.schema.json`. It sees YAML values before the schema does, so
put texts that look like numbers (`"001"`, `"900.50"`) in quotation marks; the reader takes them with and without.

"""


def records_page() -> str:
    """docs/reference/records.md as the models say it."""
    models = list(dict.fromkeys(_models(Household)))
    return _HEAD + "\n".join(_section(model) for model in models)


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model, then those of its fields, in the order in which they are met."""
    yield model
    for info in model.model_fields.values():
        inner = model_of(info.annotation)
        if inner is not None:
            yield from _models(inner)


def _section(model: type[BaseModel]) -> str:
    about = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")
    rows = [_row(name, info) for name, info in model.model_fields.items()]
    titles = [line for name, info in model.model_fields.items() for line in _choice_lines(name, info)]
    table = ["| field | title | 中文 | value | left out |", "|---|---|---|---|---|", *rows]
    return "\n".join([f"## {model.__name__}", "", about, "", *table, "", *([*titles, ""] if titles else [])])


def _marker(info: FieldInfo) -> Any:
    return next(item for item in info.metadata if isinstance(item, Fact | Entry | Note | Private))


def _row(name: str, info: FieldInfo) -> str:
    marker = _marker(info)
    cells = [f"`{name}`", marker.en, marker.zh, _value(marker, info), _left_out(marker, info)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _value(marker: Any, info: FieldInfo) -> str:
    inner = model_of(info.annotation)
    none = ", or `none`" if '"none"' in accepted(info.annotation, info).en else ""
    match marker:
        case Entry(limit=limit, unit=unit):
            assert inner is not None
            counted = "" if unit == "number" else f", each counts as one {unit}"
            return f"a list of [{inner.__name__}](#{inner.__name__.lower()}), at most {limit}{counted}"
        case Fact() if inner is not None:
            return f"[{inner.__name__}](#{inner.__name__.lower()}){none}"
        case Fact(references=str() as named):
            return f"the id of one of the {named}{none}"
        case Fact() if choices(info.annotation):
            return f"a choice, see below{none}"
        case Fact(unit=str() as unit):
            return f"{_plain(info)}; {unit}"
        case Private():
            return f"{_plain(info)}; *private*"
        case Note():
            return f"{_plain(info)}; *note*"
        case _:
            return _plain(info)


def _plain(info: FieldInfo) -> str:
    plain = accepted(info.annotation, info).en
    for said, short in (('"900" or "900.50"', "an amount"), ("a day that exists, as YYYY-MM-DD", "a day")):
        plain = plain.replace(said, short)
    return plain.replace('"none"', "`none`")


def _left_out(marker: Any, info: FieldInfo) -> str:
    if info.is_required():
        return "refused"
    if isinstance(marker, Note | Private):
        return "–"
    if isinstance(marker, Fact) and marker.absent is not None:
        return f"*none*: {marker.cite}"
    return "not known"


def _choice_lines(name: str, info: FieldInfo) -> Iterator[str]:
    found = next((item for item in info.metadata if isinstance(item, ChoiceTitles)), None)
    if found is not None:
        yield f"- `{name}` is one of:"
        yield from (f"  - `{key}`: {en}, {zh}" for key, (en, zh) in found.titles.items())
