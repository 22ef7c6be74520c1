"""More than one determination: a household over time, cases on a roll, a whole population."""
