"""Every time that a customer waited, and who ended it."""
