"""The open, reproducible audit of customer service."""

__version__ = "0.1.0"
