"""Expressions resolved and typed: `elaborate` goes through one; the other modules know one idea each."""
