"""An overlay as a compiled program remembers it: its identity, and what it sets of the program without any effect."""

from __future__ import annotations

from collections.abc import Iterable

from civil_aid_rules.compiler.dumps import dumped
from civil_aid_rules.compiler.namespace import Namespace
from civil_aid_rules.digests import digest
from civil_aid_rules.ir.parameters import ParameterValue
from civil_aid_rules.ir.program import Overlaid, Rule
from civil_aid_rules.packs.models import OverlayBlock


def overlaid(
    overlay: OverlayBlock, names: Namespace, values: Iterable[ParameterValue], rules: Iterable[Rule]
) -> Overlaid:
    """The overlay, with the names that it sets and that no rule of the program reads from it on the day decided."""
    declared = {item.key for item in names.declared()}
    read = {value.key for value in values if value.layer == overlay.overlay}
    read |= {rule.key for rule in rules if rule.layer == overlay.overlay}
    return Overlaid(
        name=overlay.overlay,
        kind=overlay.kind,
        title=overlay.title,
        notice=overlay.notice,
        digest=digest(dumped(overlay)),
        unread=tuple(key for key in (*overlay.parameters, *overlay.rules) if key in declared and key not in read),
    )
