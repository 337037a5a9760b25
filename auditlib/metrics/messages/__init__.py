"""How much was written about a case, by whom."""
