"""Figures: measures rolled up into weeks and teams, each with what it rests on and how sure it is."""
