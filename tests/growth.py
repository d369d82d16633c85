"""How the work grows with the input: a ratio in one run, for no machine's speed is promised."""

import time
from collections.abc import Callable
from typing import TypeVar

Input = TypeVar("Input")


def growth(work: Callable[[Input], object], small: Input, large: Input) -> float:
    """How many times as long the large input takes as the small one: the best of three of each."""
    return _best(work, large) / max(_best(work, small), 0.01)  # below that the clock is too coarse


def _best(work: Callable[[Input], object], given: Input) -> float:
    took = []
    for _ in range(3):
        start = time.process_time()
        work(given)
        took.append(time.process_time() - start)
    return min(took)
