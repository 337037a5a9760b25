"""The helpdesk's own figures by its own rules, to compare with what it says: never published as ours."""
