"""Retrying by kind of error: again for what may pass, never for what a person must put right."""

from __future__ import annotations

from typing import Any

from airflow.sdk.definitions.retry_policy import RetryDecision, RetryPolicy


class ByKindOfError(RetryPolicy):
    """Refusals and wrong settings fail at once; all else is retried as the task says.

    Not Airflow's ExceptionRetryPolicy: that one imports the exceptions, and with them the whole
    library, each time the DAG file is parsed.
    """

    def evaluate(self, exception: BaseException, try_number: int, max_tries: int, context: Any = None) -> RetryDecision:
        """Fail for an error that trying again cannot mend."""
        from auditlib.config import ConfigError
        from auditlib.pipeline import Refused
        from auditlib.sources import CredentialsRefused, SourceChanged

        if isinstance(exception, ConfigError | CredentialsRefused | Refused | SourceChanged):
            return RetryDecision.fail(f"{type(exception).__name__}: a person must put it right")
        return RetryDecision.default()
