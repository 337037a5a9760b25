"""What only Airflow can do for the audit: keep connections, retry by kind of error, tell people.

The library knows nothing of Airflow; DAG files know nothing of these details.
"""

from airflow.sdk import Asset

FIGURES = Asset(name="figures", uri="audit://figures")
"""What leaders see: scorecard, signals and all that is made of figures."""
TICKETS = Asset(name="tickets", uri="audit://tickets")
"""What analysts see of tickets: ticket_audit, turns, promises, episodes, evidence."""
PUBLISHED = [FIGURES, TICKETS]
"""The published tables: each publication is an event of both, with the day as its partition."""
