"""Blocks of packs as canonical data, and their digests."""

from __future__ import annotations

from civil_aid_rules.digests import Json, digest
from civil_aid_rules.packs.blocks import Block
from civil_aid_rules.packs.load import Pack


def dumped(block: Block) -> Json:
    """A block as canonical data: texts as written, without places."""
    data: Json = block.model_dump(mode="json", by_alias=True, exclude_none=True)
    return data


def pack_digest(pack: Pack) -> str:
    """The digest of everything that a pack says, over its canonical form."""
    notices: dict[str, Json] = {} if pack.notices is None else {"notices": dumped(pack.notices)}
    return digest(
        {
            **notices,
            "program": dumped(pack.block),
            "parameters": {name: dumped(entry.block) for name, entry in pack.parameters.items()},
            "rules": {
                name: [{"from": version.from_date.isoformat(), "block": dumped(version.block)} for version in versions]
                for name, versions in pack.rules.items()
            },
        }
    )
