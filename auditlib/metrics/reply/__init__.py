"""How long customers wait for their first answer."""
