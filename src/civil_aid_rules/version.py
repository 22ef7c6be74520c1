"""The library's version, as results and receipts record it."""

VERSION = "0.1.0"
