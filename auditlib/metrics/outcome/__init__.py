"""How cases end: what is claimed, what holds, and what customers say of it."""
