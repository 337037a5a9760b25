"""When cases are solved, and whether they stay so."""
