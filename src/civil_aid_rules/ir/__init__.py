"""The typed intermediate representation: what a rule means once every name, unit and date is settled."""
