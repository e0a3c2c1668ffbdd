"""In time: a hidden Markov model a settlement, all settlements at once.

The states are the parties and *contested*. A holder stays with a rate; where a party is told to be taking
places nearby, the rate at which that party comes to hold is higher. The method is the forward-backward
algorithm (Rabiner 1989, "A tutorial on hidden Markov models", Proc. IEEE 77).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .evidence import Entries, Evidence
from .parameters import Parameters
from .settlements import Floats

_MOST = 0.5  # a holder changes on a day with no more than this probability
_LEAST = 1e-9
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
            come = self._come(day)
            states, mass = self._moved(states, come), self._faded(mass, come)
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
            come = self._come(day)
            states, mass = self._moved_back(states, come), self._faded(mass, come)

    def _come(self, day: int) -> Floats:
        """Return with which probability each state comes in place of any on a day (settlement, state).

        Where nothing is told all parties come alike. A party that is told to be taking places around comes
        more likely: hardly so for one place, which may be all that falls for weeks, and by no more than
        ``change_rate`` however much is told.
        """
        parties = self.states - 1
        usual = np.array([(1 - _CONTESTED) / parties] * parties + [_CONTESTED]) / self.model.persistence_days
        come = np.tile(usual, (self.settlements, 1))
        told = self.evidence.changes.get(day)
        if told is not None:
            settlement, state, weight = told
            around = np.zeros((self.settlements, self.states))
            np.add.at(around, (settlement, state), weight)
            total = around.sum(axis=1, keepdims=True)
            surge = -np.expm1(-((total / self.model.change_many) ** 2))
            come += self.model.change_rate * surge * around / np.maximum(total, _LEAST)
        return np.asarray(come / np.maximum(1.0, come.sum(axis=1, keepdims=True) / _MOST))

    def _moved(self, states: Floats, come: Floats) -> Floats:
        """Return where probabilities go in a day: holders change, then contested places are settled."""
        moved = np.asarray(states * (1 - come.sum(axis=1, keepdims=True)) + come)
        settled = moved[:, -1] / self.model.contested_days
        moved[:, -1] -= settled
        moved[:, :-1] += settled[:, None] / (self.states - 1)
        return moved

    def _moved_back(self, likelihood: Floats, come: Floats) -> Floats:
        """Return what likelihoods of a day say of the day before; the transpose of :meth:`_moved`."""
        settle = 1 / self.model.contested_days
        settled = likelihood.copy()
        settled[:, -1] += settle * (likelihood[:, :-1].mean(axis=1) - likelihood[:, -1])
        mixed = (settled * come).sum(axis=1, keepdims=True)
        moved = settled * (1 - come.sum(axis=1, keepdims=True)) + mixed
        return np.asarray(moved / moved.sum(axis=1, keepdims=True))

    def _faded(self, mass: Floats, come: Floats) -> Floats:
        return np.asarray(mass * np.exp(-come.sum(axis=1)))

    def _weights(self, day: int) -> tuple[Floats, Floats] | None:
        """Return the log likelihoods of a day, no larger than the cap but for maps, and how much was told."""
        found = self.evidence.entries.get(day), self.evidence.maps.get(day)
        if found == (None, None):
            return None
        cap = self.model.evidence_cap
        (logs, told), (drawn, shown) = (self._summed(entries) for entries in found)
        return cap * np.tanh(logs / cap) + drawn, cap * np.tanh(told / cap) + shown

    def _summed(self, entries: Entries | None) -> tuple[Floats, Floats]:
        logs = np.zeros((self.settlements, self.states))
        told = np.zeros(self.settlements)
        if entries is not None:
            settlement, state, weight = entries
            np.add.at(logs, (settlement, state), weight)
            np.add.at(told, settlement, np.abs(weight))
        return logs, told

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
