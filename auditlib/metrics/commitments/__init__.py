"""How often customers are promised something."""
