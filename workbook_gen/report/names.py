"""Names of organisations without the words that all of them share: `NHS` before and `Integrated Care Board` after."""

from collections.abc import Mapping, Sequence
from itertools import takewhile


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Each name, by code, without the words at both ends that are the same in all; at least one word is left."""
    words = {code: name.split() for code, name in names.items()}
    shortest = min(map(len, words.values()), default=0)
    first = min(_shared(list(words.values())), shortest - 1)
    last = min(_shared([one[::-1] for one in words.values()]), shortest - first - 1)
    return {code: " ".join(one[first : len(one) - last]) for code, one in words.items()}


def _shared(names: Sequence[Sequence[str]]) -> int:
    """How many words are the same at the beginning of all; none where there is only one name."""
    alike = takewhile(lambda words: len(set(words)) == 1, zip(*names, strict=False))
    return len(list(alike)) if len(names) > 1 else 0
