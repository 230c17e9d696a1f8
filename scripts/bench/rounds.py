"""Measuring side by side: every case once a round, in another order each round."""

import gc
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

SEED, RESAMPLES, SPREAD = 20171123, 1000, 0.95


@dataclass(frozen=True)
class Ratio:
    """A ratio of medians, and between which bounds 95 of 100 resamples of the rounds put it."""

    middle: float
    low: float
    high: float


def run(
    groups: list[dict], rounds: int, *, between: Callable[[], object] = lambda: None
) -> dict[object, list[float]]:
    """Milliseconds per case, one figure a round. What slows the machine hits all cases alike.

    The cases of a group are held against each other, so they are measured one after another.
    ``between`` is called before each measurement, unmeasured.
    """
    cases = {name: act for group in groups for name, act in group.items()}
    for _warming in range(2):
        for act in cases.values():
            between()
            act()
    gc.collect()
    gc.freeze()
    found: dict[object, list[float]] = {name: [] for name in cases}
    orders, chance = [list(group) for group in groups], random.Random(SEED)
    for _round in range(rounds):
        chance.shuffle(orders)
        for order in orders:
            chance.shuffle(order)
            for name in order:
                between()
                start = time.perf_counter()
                cases[name]()
                found[name].append((time.perf_counter() - start) * 1000)
    gc.unfreeze()
    return found


def ratio(above: list[float], *below: list[float]) -> Ratio:
    """Median of ``above`` against the sum of the medians of ``below``."""
    chance, rounds = random.Random(SEED), range(len(above))

    def once(picked) -> float:
        return statistics.median(above[i] for i in picked) / sum(
            statistics.median(part[i] for i in picked) for part in below
        )

    drawn = sorted(once(chance.choices(rounds, k=len(rounds))) for _sample in range(RESAMPLES))
    edge = int(RESAMPLES * (1 - SPREAD) / 2)
    return Ratio(once(rounds), drawn[edge], drawn[-1 - edge])
