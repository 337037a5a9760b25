"""Whom a case waits for, how long, and whether anybody looks after it meanwhile."""
