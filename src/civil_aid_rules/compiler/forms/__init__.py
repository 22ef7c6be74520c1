"""Rule blocks in one of their forms, each turned into one node."""
