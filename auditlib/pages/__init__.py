"""Pages for people: the leadership page, the metric pages, the data dictionary."""
