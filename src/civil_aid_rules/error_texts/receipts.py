"""Sentences about receipts and replays (receipts/): receipt-*, replay-*."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

RECEIPT_TEXTS: dict[str, ErrorText] = {}
