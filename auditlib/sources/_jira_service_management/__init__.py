"""What `jira_service_management.py` is made of: the desk that is asked, the records' shapes, the reading of them."""
