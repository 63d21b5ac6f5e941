"""Enums, protocols, named tuples, abstract classes, descriptors, metaclasses, generics."""

from __future__ import annotations

import abc
import enum
import typing as t
from collections import namedtuple

import numpy as np
import numpy.typing as npt

Size = namedtuple("Size", "height width")
T = t.TypeVar("T")
Array = npt.NDArray[np.float64]


class Mode(enum.IntEnum):
    VALID = 0
    SAME = enum.auto()


class Operation(t.Protocol):
    def __call__(self, X: Array, K: Array, stride: int = 1, padding: int = 0) -> Array: ...


class Registry(type):
    known: t.ClassVar[dict[str, type]] = {}

    def __new__(mcs, name, bases, space):
        made = super().__new__(mcs, name, bases, space)
        mcs.known[name] = made
        return made


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return getattr(instance, self.name)

    def __set__(self, instance, value):
        if value < 1:
            raise ValueError(value)
        setattr(instance, self.name, value)


class Base(abc.ABC, t.Generic[T]):
    @abc.abstractmethod
    def run(self, X: Array, K: Array) -> Array: ...


class Sliding(Base[float], metaclass=type("Meta", (Registry, abc.ABCMeta), {})):
    stride = Positive()

    def __init__(self, stride: int, mode: Mode = Mode.VALID):
        self.stride, self.mode = stride, mode

    def size(self, X: Array, K: Array) -> Size:
        return Size(*((n - k) // self.stride + 1 for n, k in zip(X.shape, K.shape)))

    def run(self, X: Array, K: Array) -> Array:
        return np.fromfunction(np.vectorize(lambda i, j: self._at(X, K, int(i), int(j))), self.size(X, K))

    def _at(self, X: Array, K: Array, i: int, j: int) -> float:
        top, left = i * self.stride, j * self.stride
        return float((X[top : top + K.shape[0], left : left + K.shape[1]] * K).sum())


def conv2d(X, K, stride=1, padding=0):
    return Sliding(stride).run(np.pad(np.asarray(X, float), padding), np.asarray(K, float))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    if (bias := np.asarray(b, float)).ndim != 1:
        raise ValueError("b")
    return np.array([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, bias)])


operation: Operation = conv2d
