"""What ServiceNow's source is made of."""
