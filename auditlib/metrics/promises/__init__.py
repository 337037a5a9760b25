"""What agents promised to do by when, and whether they did."""
