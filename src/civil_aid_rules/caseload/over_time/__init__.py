"""One household over many months: what was decided, due and paid, and what is owed."""
