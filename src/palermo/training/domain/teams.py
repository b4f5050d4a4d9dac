"""Teams that work a queue: so many persons, in their hours, urgent and children first. Waiting follows from that."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import simpy

#: A thing that happens in the exercise, called at its end with the hour it is then.
Act = Callable[[float], None]


@dataclass(order=True)
class Task:
    """What waits: lower ranks first, then who came first."""

    rank: int
    number: int
    minutes: float = field(compare=False)
    act: Act = field(compare=False)


class Team:
    """Persons who share one queue.

    Args:
        env: SimPy's environment; its time is in hours since the exercise began.
        staff: how many work at a time.
        opens: hour of the day at which they begin; `closes` the hour at which they begin nothing more.
    """

    def __init__(self, env: simpy.Environment, *, staff: int, opens: int = 0, closes: int = 24) -> None:
        self.env, self.opens, self.closes = env, opens, closes
        self.queue = simpy.PriorityStore(env)
        self._numbers: Iterator[int] = count()
        for _ in range(staff):
            env.process(self._work())

    def ask(self, act: Act, *, minutes: float, rank: int = 5) -> None:
        """Put a task into the queue; `act` is called when somebody has done it."""
        self.queue.put(Task(rank, next(self._numbers), minutes, act))

    def _work(self) -> Generator[Any, Any, None]:
        while True:
            yield self.env.timeout(self._until_open())
            task = yield self.queue.get()
            wait = self._until_open()
            if wait:
                yield self.env.timeout(wait)
            yield self.env.timeout(task.minutes / 60)
            task.act(self.env.now)

    def _until_open(self) -> float:
        hour = self.env.now % 24
        if self.opens <= hour < self.closes:
            return 0.0
        return float((self.opens - hour) % 24)
