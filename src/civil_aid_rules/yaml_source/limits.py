"""How much one file may hold. Within these limits the slowest input found takes about one second to refuse."""

from __future__ import annotations

MAX_BYTES = 1024 * 1024
MAX_LINES = 50_000
MAX_LINE = 2_000
MAX_DEPTH = 32
MAX_NODES = 20_000
MAX_PROBLEMS = 50
"""Reading stops after this many faults of one file."""
