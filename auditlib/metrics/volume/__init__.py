"""How much customers ask for."""
