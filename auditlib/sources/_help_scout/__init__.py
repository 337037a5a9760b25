"""What Help Scout's source is made of."""
