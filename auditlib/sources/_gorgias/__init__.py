"""What Gorgias's source is made of."""
