"""The sentence of each error code, in English and Chinese, by area. Each code has a section in docs/reference/errors.

Every template names at least {found} and {expected}; a further value is named where it helps to mend the fault.
"""

from __future__ import annotations

from civil_aid_rules.error_texts.caseload import CASELOAD_TEXTS
from civil_aid_rules.error_texts.columns import COLUMN_TEXTS
from civil_aid_rules.error_texts.command_line import COMMAND_LINE_TEXTS
from civil_aid_rules.error_texts.expressions import EXPRESSION_TEXTS
from civil_aid_rules.error_texts.names import NAME_TEXTS
from civil_aid_rules.error_texts.packs import PACK_TEXTS
from civil_aid_rules.error_texts.questions import QUESTION_TEXTS
from civil_aid_rules.error_texts.receipts import RECEIPT_TEXTS
from civil_aid_rules.error_texts.record_models import RECORD_MODEL_TEXTS
from civil_aid_rules.error_texts.records import RECORD_TEXTS
from civil_aid_rules.error_texts.rules import RULE_TEXTS
from civil_aid_rules.error_texts.sentence import ErrorText
from civil_aid_rules.error_texts.tables import TABLE_TEXTS
from civil_aid_rules.error_texts.values import VALUE_TEXTS
from civil_aid_rules.error_texts.yaml_files import YAML_TEXTS

AREAS: dict[str, dict[str, ErrorText]] = {
    "yaml": YAML_TEXTS,
    "expressions": EXPRESSION_TEXTS,
    "packs": PACK_TEXTS,
    "values": VALUE_TEXTS,
    "names": NAME_TEXTS,
    "rules": RULE_TEXTS,
    "tables": TABLE_TEXTS,
    "records": RECORD_TEXTS,
    "record_models": RECORD_MODEL_TEXTS,
    "columns": COLUMN_TEXTS,
    "questions": QUESTION_TEXTS,
    "receipts": RECEIPT_TEXTS,
    "caseload": CASELOAD_TEXTS,
    "command_line": COMMAND_LINE_TEXTS,
}
"""The texts by area; each area has one page in docs/reference/errors."""

ERROR_TEXTS: dict[str, ErrorText] = {code: text for area in AREAS.values() for code, text in area.items()}

__all__ = ["AREAS", "ERROR_TEXTS", "ErrorText"]
