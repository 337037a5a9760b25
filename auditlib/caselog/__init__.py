"""The case log: who did what to which ticket, when, seen by whom."""
