"""Every back end against the reference interpreter, on random programs and random records."""
