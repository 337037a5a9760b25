"""What every source must do, whatever the helpdesk: a source's tests inherit `FromPages`, inside the package or out.

`Reading` asks everything of `read` and of the rows; `FromPages` takes the pages from a folder, through the
source's own `fetch`, so that no helpdesk is needed. `auditlib new source` writes such a test. It needs pytest.
"""

from auditlib.conformance.pages import FromPages, Recorded
from auditlib.conformance.reading import Reading, by_ticket, encoded, is_of_ticket, read_all, with_unknown_field

__all__ = [
    "FromPages",
    "Reading",
    "Recorded",
    "by_ticket",
    "encoded",
    "is_of_ticket",
    "read_all",
    "with_unknown_field",
]
