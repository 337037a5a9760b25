"""Gates: what must be true before rows are believed, in Great Expectations' own words.

Rules are data (`expectations/<name>.toml`), read strictly: a rule that is misspelt, that
raises or that saw no rows must never look like a rule that passed.
"""

from auditlib.gates.suites import GateError, columns_of
from auditlib.gates.verdicts import Verdict, examine, together

__all__ = ["GateError", "Verdict", "columns_of", "examine", "together"]
