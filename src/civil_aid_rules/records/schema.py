"""The JSON Schema of a record model: what the strict reader accepts, for editors and for those who write records.

It cannot say that ids are unique, that a reference names an entry, or that a day exists in its month; the reader can.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from civil_aid_rules.quantities.fields import DIALECT


def record_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema with each field's titles (`x-titles`), unit (`x-unit`) and limits.

    >>> from civil_aid_rules.records.household import Household
    >>> record_schema(Household)["$defs"]["IncomeItem"]["properties"]["amount"]["x-unit"]
    'CNY'
    """
    return {"$schema": DIALECT, **model.model_json_schema()}


def record_schema_text(model: type[BaseModel]) -> str:
    """The schema as its file holds it."""
    return json.dumps(record_schema(model), ensure_ascii=False, indent=1) + "\n"
