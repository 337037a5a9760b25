"""What `intercom.py` is made of: the desk that is asked, the records' shapes, and the reading of them."""
