"""What the tests of the contract put below a right file, to break one clause of the contract in one of its functions.

It is copied as text, not imported, and ends with a line such as `conv2d = broken(conv2d, how="spoilt", …)`.
"""

import functools
import inspect
import sys

import numpy as np


def is_tensor(value):
    """Whether this is a tensor of torch, which is not imported for it."""
    return "torch" in sys.modules and isinstance(value, sys.modules["torch"].Tensor)


def flat(value):
    """All that is in lists and dicts, one after the other."""
    if isinstance(value, dict):
        value = list(value.values())
    return [part for v in value for part in flat(v)] if isinstance(value, (list, tuple)) else [value]


def spoilt(value):
    """Another value of the same form, also where one more is lost beside a large number."""
    if isinstance(value, dict):
        return {key: spoilt(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(spoilt(part) for part in value)
    if isinstance(value, bool) or str(getattr(value, "dtype", "")) == "bool":
        return np.logical_not(value)
    return value if value is None else value + 1 + abs(value) // 2


def write(value):
    """Change an argument in place, where that is possible."""
    if isinstance(value, np.ndarray) and value.flags.writeable:
        value[...] = np.logical_not(value) if value.dtype == bool else value + 1
    elif is_tensor(value):
        value.detach().add_(1)
    elif isinstance(value, dict) and any(isinstance(v, np.ndarray) for v in value.values()):
        write(next(iter(value.values())))
    elif isinstance(value, dict):
        value["seen"] = 1
    elif isinstance(value, list) and value:
        value.append(value[0])


def reshape(value):
    """Give an array another shape in place."""
    if is_tensor(value):
        value.unsqueeze_(0)
    elif isinstance(value, np.ndarray):
        value.shape = (1, *value.shape)


def known(function, args, kwargs):
    """What a clause's `when` may speak of: the arguments, and how they were passed."""
    bound = inspect.signature(function).bind(*args, **kwargs)
    given = list(bound.arguments)
    bound.apply_defaults()
    parts = [part for name, value in bound.arguments.items() if name != "self" for part in flat(value)]
    arrays = [part for part in parts if isinstance(part, np.ndarray) or is_tensor(part)]
    return {
        **bound.arguments,
        "arrays": arrays,
        "first": arrays[0] if arrays else None,
        "keywords": set(kwargs),
        "positional": set(given) - set(kwargs),
        "left_out": set(bound.arguments) - set(given),
        "numbers": [part for part in parts if isinstance(part, (int, np.integer))],
    }


def holds(when, names):
    """Whether a clause speaks of this call."""
    try:
        return bool(eval(when, {"np": np, **names}))
    except (NameError, AttributeError, TypeError, IndexError, ValueError):  # another method, or no such argument
        return False


def as_first(value, first):
    """Arrays in the dtype of the first one."""
    return value.astype(first.dtype) if isinstance(value, np.ndarray) else value


reused_arrays = {}  # what was returned last, by shape


def reused(value):
    """The array that an earlier answer of this shape was returned in, with these numbers."""
    if isinstance(value, dict):
        return {name: reused(part) for name, part in value.items()}
    if not hasattr(value, "shape") or value.ndim == 0:
        return value
    last = reused_arrays.setdefault((*value.shape, str(value.dtype)), value)
    (last.detach() if is_tensor(last) else last)[...] = value.detach() if is_tensor(value) else value
    return last


def each_part(change, value):
    """The change in every array or number of an answer."""
    return type(value)(change(part) for part in value) if isinstance(value, (list, tuple)) else change(value)


def whole(value):
    """Floating point as int64, where nothing is lost."""
    numbers = np.asarray(value)
    return numbers.astype(np.int64) if (numbers == np.rint(numbers)).all() else value


def broken(function, when, how, target):
    """The same function; where `when` holds, not quite. `how` may be `not`: it is right there, too."""
    if inspect.isclass(function):
        return broken_class(function, when, how, target)
    last = []

    @functools.wraps(function)
    def call(*args, **kwargs):
        names = known(function, args, kwargs)
        if "self" in names:
            earlier = names["self"].__dict__.setdefault("calls_of", {})
            names = names | names["self"].__dict__["made"] | {"again": function.__name__ in earlier}
            earlier[function.__name__] = True
        else:
            objects = [*args, *kwargs.values()]
            names["again"] = len(last) == len(objects) and all(a is b for a, b in zip(last, objects, strict=True))
            last[:] = objects
        if not holds(when, names):
            return function(*args, **kwargs)
        return carried_out(function, args, kwargs, names, how, target)

    return call


def carried_out(function, args, kwargs, names, how, target):
    """A call of which the clause speaks."""
    first = names["first"]
    if how == "cut":
        args = [as_first(value, first) for value in args]
        kwargs = {name: as_first(value, first) for name, value in kwargs.items()}
    try:
        answer = function(*args, **kwargs)
    finally:
        if how in ("written", "reshaped"):
            {"written": write, "reshaped": reshape}[how](names.get(target))
    if answer is None and how == "spoilt":
        raise TypeError("refused")
    if how == "unrestored":
        names["model"].train(not names["model"].training)
    changes = {
        "spoilt": spoilt,
        "wrapped": lambda value: np.asarray(value).astype(first.dtype).astype(float),
        "whole": whole,
        "reused": reused,
        "listed": lambda value: value.tolist() if isinstance(value, np.ndarray) else value,
    }
    return each_part(changes[how], answer) if how in changes else answer


def broken_class(kind, when, how, target):
    """The same class with broken methods; `when` may also speak of what it was made with."""

    class Broken(kind):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            made = known(kind, args, kwargs)
            self.__dict__["made"] = {name: v for name, v in made.items() if name not in ("arrays", "first")}

    for name in ("forward", "backward"):
        if name in vars(kind):
            setattr(Broken, name, broken(vars(kind)[name], when, how, target))
    Broken.__name__ = Broken.__qualname__ = kind.__name__
    return Broken
