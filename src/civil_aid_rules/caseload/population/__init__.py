"""Population files of any size: read in chunks, determined on all cores, written when whole."""
