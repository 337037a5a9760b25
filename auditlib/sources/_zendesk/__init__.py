"""What `zendesk.py` is made of: the records' shapes, their words in ours, and the reading of them."""
