"""Tables as files: CSV in which no text is a formula, and Parquet with the types of the columns.

A text that a spreadsheet would take for a formula begins with an apostrophe in a CSV, and so does one that begins with an
apostrophe of its own; taking one apostrophe away gives the text back. Parquet holds every text as it is.
"""

import io
from collections.abc import Mapping
from importlib.util import find_spec

import pandas as pd

_MARK = "'"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", _MARK)


def inert(text: str) -> str:
    """The text as a CSV holds it: never a formula, whatever blanks it begins with."""
    return _MARK + text if text.lstrip(" \u00a0").startswith(_STARTS) else text


def plain(text: str) -> str:
    """The text that a CSV's cell stands for."""
    return text.removeprefix(_MARK)


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV: UTF-8, a heading, lines that end with a newline; a missing value is empty."""
    safe = frame.copy()
    for name in texts_of(frame):
        safe[name] = [inert(text) if isinstance(text, str) else text for text in safe[name]]
    return safe.to_csv(index=False, lineterminator="\n").encode()


def from_csv(data: bytes, types: Mapping[str, str]) -> pd.DataFrame:
    """The frame that `to_csv` wrote, with the types that its columns have."""
    read = {name: "str" if kind == "str" else kind for name, kind in types.items()}
    frame = pd.read_csv(
        io.BytesIO(data),
        dtype=read,
        keep_default_na=False,
        na_values={name: [""] for name, kind in types.items() if kind != "str"},
    )
    for name in texts_of(frame):
        frame[name] = frame[name].map(plain)
    return frame.astype(dict(types))


def texts_of(frame: pd.DataFrame) -> list[str]:
    """The columns of texts."""
    return [str(name) for name, kind in frame.dtypes.items() if str(kind) in ("str", "object", "string")]


def has_parquet() -> bool:
    """Whether what writes Parquet is installed."""
    return find_spec("pyarrow") is not None


def to_parquet(frame: pd.DataFrame) -> bytes:
    """The frame as Parquet, with its types."""
    stream = io.BytesIO()
    frame.to_parquet(stream, engine="pyarrow", index=False)
    return stream.getvalue()
