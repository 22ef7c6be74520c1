"""The documentation, held against the code: every example runs, every reference page is complete, every link leads somewhere."""
