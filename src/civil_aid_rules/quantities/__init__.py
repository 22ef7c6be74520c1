"""Exact quantities: units, money, rates, calendar and rounding. No float."""
