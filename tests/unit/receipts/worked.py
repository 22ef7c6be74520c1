"""Worked example T01 on the shipped packs: three persons, 900 yuan a month, 300 each."""

from __future__ import annotations

import functools

from civil_aid_rules.rulebook import Rulebook

THREE = """{
  "members": [
    {"id": "m1", "name": "张三", "document_number": "110101199001011234", "relation": "head",
     "registration": "non_agricultural", "lives_with_family": true, "exclusions": [],
     "income": [
       {"kind": "wages", "amount": "900", "period": "month", "start": "2014-01-01", "provenance": "evidenced"}]},
    {"id": "m2", "relation": "spouse", "registration": "non_agricultural", "lives_with_family": true,
     "exclusions": [], "income": []},
    {"id": "m3", "relation": "child", "registration": "non_agricultural", "lives_with_family": true,
     "exclusions": [], "income": []}],
  "assets": [], "asset_finding": "within"
}"""
"""(450 - 300) x 3 = 450.00 in 2015, (480 - 300) x 3 = 540.00 in 2016."""


@functools.cache
def urban_dibao() -> Rulebook:
    """The shipped packs, as far as urban dibao uses them."""
    return Rulebook.load(programs=["urban_dibao"])
