"""What sources have in common: reading records, streams that may be closed, time zones."""
