"""Whether customers have to come back about the same issue."""
