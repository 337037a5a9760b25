"""What `auditlib.sources.django_helpdesk` is made of."""
