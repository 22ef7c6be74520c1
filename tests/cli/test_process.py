"""What a process that runs one command does without, and that a caller of `main` in its own process keeps it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

from civil_aid_rules.cli.main import main

REPORT = """
import gc, os, sys
sys.argv = ["civil-aid", "--version"]
from civil_aid_rules.cli.main import main
try:
    main()
except SystemExit:
    print(gc.get_threshold()[0], os.environ["PYDANTIC_DISABLE_PLUGINS"])
"""


def reported(**given: str) -> str:
    environment = {**{key: value for key, value in os.environ.items() if not key.startswith("PYDANTIC")}, **given}
    done = subprocess.run([sys.executable, "-c", REPORT], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_the_command_collects_garbage_seldom_and_loads_no_plugins() -> None:
    assert reported() == "200000 __all__"


def test_who_decides_on_plugins_is_left_to_decide() -> None:
    assert reported(PYDANTIC_DISABLE_PLUGINS="none-of-mine") == "200000 none-of-mine"


def test_a_caller_in_its_own_process_keeps_its_settings() -> None:
    before = gc.get_threshold(), os.environ.get("PYDANTIC_DISABLE_PLUGINS")
    assert main(["programs", "--rules", "nowhere"]) == 2
    assert (gc.get_threshold(), os.environ.get("PYDANTIC_DISABLE_PLUGINS")) == before
