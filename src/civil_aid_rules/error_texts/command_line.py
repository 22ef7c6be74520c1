"""Sentences about the command line (cli/): cli-*."""

from __future__ import annotations

from civil_aid_rules.error_texts.sentence import ErrorText

COMMAND_LINE_TEXTS: dict[str, ErrorText] = {}
