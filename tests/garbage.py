"""What is left when a piece of work is done and nobody holds anything of it any more."""

import gc
from collections.abc import Callable


def left_by(work: Callable[[], object]) -> int:
    """How many objects stay because they refer to one another, until somebody looks for garbage."""
    gc.freeze()
    gc.disable()
    try:
        work()
        return gc.collect()
    finally:
        gc.enable()
        gc.unfreeze()
