"""What only Airflow can do for the audit: keep connections, retry by kind of error, tell people.

The library knows nothing of Airflow; DAG files know nothing of these details.
"""

from airflow.sdk import Asset

FIGURES = Asset(name="figures", uri="audit://figures")
"""What leaders see; each publication is an event with the day as its partition."""
