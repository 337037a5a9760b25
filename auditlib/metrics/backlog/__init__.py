"""What nobody has solved yet: one row each time that a ticket was in the backlog."""
