"""What all tests share: how many cases properties try. `HYPOTHESIS_PROFILE=proof` tries ten thousand."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("default", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("proof", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
