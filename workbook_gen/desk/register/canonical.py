"""One way to write a record down, so that equal records have equal digests; and texts that every database can hold."""

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""The characters that PostgreSQL or UTF-8 cannot hold; a file's name or a cell may carry them."""

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr)

NOTHING = sha256(b"").hexdigest()
"""The digest of no records."""


def canonical(record: Any) -> str:
    """A record as JSON: keys sorted, no spaces, floats in their shortest form; what is no JSON (bytes) as Python writes it."""
    return _CANONICAL.encode(record)


def in_order(record: Mapping[str, Any]) -> str:
    """A record as JSON, its keys in the order that they have."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def digest(records: Iterable[Any]) -> str:
    """The SHA-256 over records, each on a line of its own, in order."""
    found = sha256()
    for record in records:
        found.update(canonical(record).encode("utf-8", "surrogatepass"))
        found.update(b"\n")
    return found.hexdigest()


def storable(text: str) -> str:
    r"""The text with what no database holds written out: a NUL as `\u0000`, half a surrogate pair as `\ud800`."""
    if text.isprintable():
        return text  # as nearly all are
    return _UNSTORABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
