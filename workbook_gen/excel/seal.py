"""The seal: proof that a workbook's stamp is the one that the centre issued."""

import hmac
from dataclasses import replace
from hashlib import sha256

from workbook_gen.excel.contents import Stamp


def seal(stamp: Stamp, key: bytes) -> str:
    """The seal of a stamp's facts under the workspace's key, in hexadecimal."""
    return hmac.new(key, "\n".join(stamp.lines()).encode(), sha256).hexdigest()


def sealed(stamp: Stamp, key: bytes) -> Stamp:
    """The stamp with its seal."""
    return replace(stamp, seal=seal(stamp, key))


def is_genuine(stamp: Stamp, key: bytes) -> bool:
    """Whether the stamp's seal was made with this key for just these facts."""
    return hmac.compare_digest(seal(stamp, key).encode(), stamp.seal.encode())
