"""The pages, held against the code: every example runs, each reference page is complete, links lead somewhere."""
