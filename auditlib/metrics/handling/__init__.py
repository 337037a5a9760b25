"""Through how many hands a case goes."""
