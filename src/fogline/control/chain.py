"""In time: a hidden Markov model a settlement, all settlements at once.

The states are the parties and *contested*. A holder stays with a rate; where changes are told of nearby
the rate is higher. The method is the forward-backward algorithm (Rabiner 1989, "A tutorial on hidden
Markov models", Proc. IEEE 77).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .evidence import Evidence
from .parameters import Parameters
from .settlements import Floats

_MOST = 0.5  # a holder changes on a day with no more than this probability
_CONTESTED = 0.15  # of the changes, how many lead to a contested place


@dataclass(frozen=True, slots=True)
class Belief:
    """What one pass of the chain knows on a day: probabilities (settlement, state) and how much evidence."""

    states: Floats
    mass: Floats


@dataclass(frozen=True, slots=True)
class Chain:
    """The model of one theatre: how many settlements, states and days there are, and the evidence."""

    settlements: int
    states: int
    days: int
    evidence: Evidence
    model: Parameters

    def forward(self) -> Iterator[Belief]:
        """Give for each day what the evidence up to it says."""
        states = np.full((self.settlements, self.states), 1.0 / self.states)
        mass = np.zeros(self.settlements)
        for day in range(self.days):
            leave = self._leave(day)
            states, mass = self._moved(states, leave), self._faded(mass, leave)
            seen = self._weights(day)
            if seen is not None:
                states, mass = self._seen(states, mass, seen)
            yield Belief(states, mass)

    def backward(self) -> Iterator[Belief]:
        """Give for each day, from the last one back, what the evidence after it says: a likelihood."""
        states = np.full((self.settlements, self.states), 1.0 / self.states)
        mass = np.zeros(self.settlements)
        for day in range(self.days - 1, -1, -1):
            yield Belief(states, mass)
            seen = self._weights(day)
            if seen is not None:
                states, mass = self._seen(states, mass, seen)
            leave = self._leave(day)
            states, mass = self._moved_back(states, leave), self._faded(mass, leave)

    def _jump(self) -> Floats:
        """Return where a holder that changes goes: to each party alike, or to *contested*."""
        parties = self.states - 1
        return np.array([(1 - _CONTESTED) / parties] * parties + [_CONTESTED])

    def _leave(self, day: int) -> Floats:
        """Return each settlement's probability of changing on a day."""
        leave = np.full(self.settlements, 1 / self.model.persistence_days)
        told = self.evidence.changes.get(day)
        if told is not None:
            np.add.at(leave, told[0], self.model.change_rate * told[1])
        return np.asarray(np.minimum(leave, _MOST))

    def _moved(self, states: Floats, leave: Floats) -> Floats:
        """Return where probabilities go in a day: holders change, then contested places are settled."""
        moved = np.asarray(states * (1 - leave[:, None]) + leave[:, None] * self._jump())
        settled = moved[:, -1] / self.model.contested_days
        moved[:, -1] -= settled
        moved[:, :-1] += settled[:, None] / (self.states - 1)
        return moved

    def _moved_back(self, likelihood: Floats, leave: Floats) -> Floats:
        """Return what likelihoods of a day say of the day before; the transpose of :meth:`_moved`."""
        settle = 1 / self.model.contested_days
        settled = likelihood.copy()
        settled[:, -1] += settle * (likelihood[:, :-1].mean(axis=1) - likelihood[:, -1])
        mixed = settled @ self._jump()
        moved = settled * (1 - leave[:, None]) + (leave * mixed)[:, None]
        return np.asarray(moved / moved.sum(axis=1, keepdims=True))

    def _faded(self, mass: Floats, leave: Floats) -> Floats:
        return np.asarray(mass * np.exp(-self.model.forgetting * leave))

    def _weights(self, day: int) -> tuple[Floats, Floats] | None:
        """Return the log likelihoods of a day, no larger than the cap, and how much was told."""
        found = self.evidence.entries.get(day)
        if found is None:
            return None
        settlement, state, weight = found
        logs = np.zeros((self.settlements, self.states))
        told = np.zeros(self.settlements)
        np.add.at(logs, (settlement, state), weight)
        np.add.at(told, settlement, np.abs(weight))
        cap = self.model.evidence_cap
        return np.asarray(cap * np.tanh(logs / cap)), np.asarray(cap * np.tanh(told / cap))

    @staticmethod
    def _seen(states: Floats, mass: Floats, seen: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        logs, told = seen
        weighed = states * np.exp(logs)
        return np.asarray(weighed / weighed.sum(axis=1, keepdims=True)), mass + told


def joined(past: Belief, future: Belief | None) -> Belief:
    """Return what the evidence before, on and after a day says together."""
    if future is None:
        return past
    states = past.states * future.states
    total = states.sum(axis=1, keepdims=True)
    return Belief(states / total, past.mass + future.mass)
