"""What Salesforce's source is made of."""
