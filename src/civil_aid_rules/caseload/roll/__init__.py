"""Cases held against the roll: who should be covered, kept, paid another amount, ended, or looked at."""
