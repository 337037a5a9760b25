"""Customers who ask again because nobody answered."""
