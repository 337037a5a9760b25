"""Surveys: what was offered, what was answered."""
