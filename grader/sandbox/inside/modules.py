"""Operations on `torch.nn.Module` objects: describe, load weights, read buffers, take gradients.

Parameters are addressed by the names that the module itself gives them; which of them plays which part is found
out by the grader (`grader.checks.matching`) from `describe`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn

from .ops import CountParameters, Describe, Gradients, LoadState, ModuleOp, Probe, ReadState, Zero
from .wire import Array


def execute(module: nn.Module, op: ModuleOp) -> Any:
    """Carry out one operation."""
    match op:
        case Describe():
            return describe(module, op.inputs)
        case LoadState():
            return load_state(module, op.values)
        case Zero():
            return zero(module, op.names)
        case Probe():
            return probe(module, op.inputs)
        case ReadState():
            return read_state(module, op.names)
        case CountParameters():
            return count_parameters(module)
        case Gradients():
            return gradients(module, op)
    raise TypeError(f"no operation on a module: {type(op).__name__}")


def describe(module: nn.Module, inputs: list[Array]) -> dict[str, Any]:
    """The module's tensors and the order in which its parts run on one input.

    `tensors`: [name, shape, is_parameter, first initial value] each. `trace`: [owner's name, index of the part whose
    output it reads or −1] for every part that has tensors of its own, in the order of execution.
    """
    tensors = [[name, list(t.shape), is_parameter, _first(t)] for name, t, is_parameter in _named_tensors(module)]
    return {"tensors": tensors, "trace": _trace(module, inputs)}


def _parts(module: nn.Module) -> dict[str, nn.Module]:
    """The module and all within, each once, by their full names; past any method that the module overrides."""
    if not isinstance(module, nn.Module):
        raise TypeError(f"{type(module).__name__} is not a torch.nn.Module")
    found, waiting, seen = {}, [("", module)], {id(None)}
    while waiting:
        name, part = waiting.pop()
        if id(part) not in seen:
            seen.add(id(part))
            found[name] = part
            waiting += [(_join(name, n), p) for n, p in reversed(vars(part)["_modules"].items())]
    return found


def _join(owner: str, name: str) -> str:
    return f"{owner}.{name}" if owner else name


def _named_tensors(module: nn.Module) -> list[tuple[str, torch.Tensor, bool]]:
    """(full name, tensor, is a parameter), each tensor once; parameters first."""
    parts = _parts(module)
    found: dict[int, tuple[str, torch.Tensor, bool]] = {}
    for kind in ("_parameters", "_buffers"):
        for owner, part in parts.items():
            for name, tensor in vars(part)[kind].items():
                if tensor is not None:
                    found.setdefault(id(tensor), (_join(owner, name), tensor, kind == "_parameters"))
    return list(found.values())


def _named_parameters(module: nn.Module) -> dict[str, torch.Tensor]:
    return {name: tensor for name, tensor, is_parameter in _named_tensors(module) if is_parameter}


def _first(tensor: torch.Tensor) -> float:
    """The common value of a constant tensor, else NaN: tells a scale from a shift."""
    if tensor.numel() == 0:
        return float("nan")
    flat = tensor.detach().reshape(-1).double()
    return float(flat[0]) if bool((flat == flat[0]).all()) else float("nan")


def _trace(module: nn.Module, inputs: list[Array]) -> list[list[Any]]:
    """Run once in eval mode with hooks; returns [] if the forward pass fails."""
    order: list[list[Any]] = []
    produced: dict[int, int] = {}
    alive: list[Any] = []  # keeps outputs, so that no id is used twice

    def note(name: str) -> Any:
        def hook(_part: nn.Module, args: tuple[Any, ...], output: Any) -> None:
            source = produced.get(id(args[0]), -1) if args else -1
            produced[id(output)] = len(order)
            order.append([name, source])
            alive.append((args, output))

        return hook

    owners = [(n, m) for n, m in _parts(module).items() if _owns_tensors(m)]
    hooks = [m.register_forward_hook(note(n)) for n, m in owners]
    try:
        probe(module, inputs)
    except Exception:
        return []
    finally:
        for h in hooks:
            h.remove()
    return order


def _owns_tensors(module: nn.Module) -> bool:
    own = vars(module)
    return any(t is not None for t in (*own["_parameters"].values(), *own["_buffers"].values()))


def _dtype(module: nn.Module) -> torch.dtype:
    return next((p.dtype for p in _named_parameters(module).values()), torch.float32)


def _tensor(value: Array, module: nn.Module) -> torch.Tensor:
    tensor = torch.from_numpy(np.array(value.data, copy=True))
    return tensor.to(_dtype(module)) if tensor.is_floating_point() else tensor


def load_state(module: nn.Module, values: dict[str, Array]) -> None:
    """Copy the given values into the tensors of these names, reshaped; names that it lacks are passed over."""
    own = {name: tensor for name, tensor, _ in _named_tensors(module)}
    with torch.no_grad():
        for name, value in values.items():
            if name in own and own[name].numel() == value.data.size:
                own[name].copy_(torch.from_numpy(np.array(value.data, copy=True)).reshape(own[name].shape))


def zero(module: nn.Module, names: list[str]) -> None:
    """Set the parameters of these names to zero."""
    own = _named_parameters(module)
    with torch.no_grad():
        for name in names:
            own[name].zero_()


def probe(module: nn.Module, inputs: list[Array]) -> Any:
    """The output in eval mode; the modes are put back."""
    modes = [(m, m.training) for m in _parts(module).values()]
    try:
        module.eval()
        with torch.no_grad():
            return module(*[_tensor(a, module) for a in inputs])
    finally:
        for part, mode in modes:
            part.training = mode


def read_state(module: nn.Module, names: list[str]) -> dict[str, np.ndarray]:
    """The values of the tensors with these names (those that it has)."""
    own = {name: tensor for name, tensor, _ in _named_tensors(module)}
    return {name: own[name].detach().cpu().numpy().copy() for name in names if name in own}


def count_parameters(module: nn.Module) -> int:
    """Trainable numbers, shared ones once."""
    return sum(p.numel() for p in _named_parameters(module).values())


def gradients(module: nn.Module, op: Gradients) -> dict[str, Any]:
    """Forward and backward in double precision with the output's gradient given.

    Returns `output`, `input` (the input's gradient) and one entry per name of `names` that is a parameter; a parameter
    without a gradient counts as zeros. The module's own precision and gradients are put back.
    """
    precision = _dtype(module)
    module.to(torch.float64)
    try:
        return _gradients(module, op)
    finally:
        module.to(precision)
        module.zero_grad(set_to_none=True)


def _gradients(module: nn.Module, op: Gradients) -> dict[str, Any]:
    module.zero_grad(set_to_none=True)
    x = _tensor(op.input, module).requires_grad_()
    y = module(x * 1)  # not a leaf, so that an in-place first operation is legal
    cotangent = _tensor(op.cotangent, module)
    if y.shape != cotangent.shape:
        y.backward(cotangent)  # says what is wrong
    (y * cotangent).sum().backward()  # the same; for that, torch would import SymPy: a quarter of a second
    own = _named_parameters(module)
    grads = {n: _gradient(own[n]) for n in op.names if n in own}
    return {"output": y.detach().numpy().copy(), "input": _gradient(x)} | grads


def _gradient(tensor: torch.Tensor) -> np.ndarray:
    grad = tensor.grad if tensor.grad is not None else torch.zeros_like(tensor)
    return grad.detach().cpu().numpy().copy()
