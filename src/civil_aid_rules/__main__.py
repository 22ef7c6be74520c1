"""`python -m civil_aid_rules`: the same as the command `civil-aid`."""

from __future__ import annotations

import sys

from civil_aid_rules.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
