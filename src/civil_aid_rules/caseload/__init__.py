"""Many months of one household: what was due, what was paid, what is owed."""
