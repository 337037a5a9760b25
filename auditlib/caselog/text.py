"""What translation keeps of people's words, since bodies and raw subjects are never stored.

- `strip` what somebody wrote this time, without quotations, signature and footers;
- `mask` a subject without addresses, numbers and names, fit to be read;
- `markers` what rules see in a message: thanks, a chaser, a promise, a refusal …;
- `sketch` keyed hashes of its words, by which texts can be compared later (`similarity`);
- `fingerprint` a keyed hash of an address, by which one customer can be recognised.
"""

from auditlib.caselog.markers import RULES_VERSION, Found, markers
from auditlib.caselog.masking import SUBJECT_LIMIT, mask
from auditlib.caselog.quotes import BODY_LIMIT, strip
from auditlib.caselog.sketches import SKETCH_VERSION, fingerprint, is_international, similarity, sketch

__all__ = [
    "BODY_LIMIT", "RULES_VERSION", "SKETCH_VERSION", "SUBJECT_LIMIT", "Found",
    "fingerprint", "is_international", "markers", "mask", "similarity", "sketch", "strip",
]  # fmt: skip
