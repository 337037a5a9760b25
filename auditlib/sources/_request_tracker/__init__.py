"""Request Tracker, room by room: what is asked, how answers are ordered, and what happened to a ticket."""
