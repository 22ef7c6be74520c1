"""Records in columns: an Arrow record batch, one row per record, read in place as whole numbers and masks."""

from __future__ import annotations

from civil_aid_rules.facts.columns.read import read_columns
from civil_aid_rules.facts.columns.stored import Columns, FactColumn, ListColumn

__all__ = ["Columns", "FactColumn", "ListColumn", "read_columns"]
