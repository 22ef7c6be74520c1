"""The command `civil-aid`: one file per command, over the library's public names.

Nothing here imports pydantic or PyYAML before a command runs: the names of `civil_aid_rules` are loaded on first use.
"""
