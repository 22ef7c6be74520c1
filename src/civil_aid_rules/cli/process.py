"""A process that runs one command and ends: what it can do without.

`python tests/bench/bench_startup.py` shows what a start takes.
"""

from __future__ import annotations

import atexit
import gc
import os

ALLOCATIONS_BETWEEN_COLLECTIONS = 200_000


def run_lightly() -> None:
    """Look for cyclic garbage seldom, and not at the end: nearly all that a rulebook makes stays until then.

    Pydantic's plugins are left out: to find them, it reads the metadata of every installed package, and none has a
    part in a determination. Whoever sets PYDANTIC_DISABLE_PLUGINS decides for themselves.
    """
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
