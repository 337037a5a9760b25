"""What service levels promised of each ticket, target by target, and what became of it."""
