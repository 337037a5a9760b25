"""What Front's source is made of."""
