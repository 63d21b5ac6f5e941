"""Used on both sides: weights that need no matching of names, one branch's share of the output, gradients."""

import math
import zlib

import torch


def fill(module, seed, alike=False):
    """Give each tensor values that depend on its part and shape alone: names and order make no difference.

    With `alike`, nor does the part where there is one value a channel: a 1×1 convolution of one channel, or to one,
    cannot be told from a bias.
    """
    with torch.no_grad():
        for name, tensor in [*module.named_parameters(), *module.named_buffers()]:
            if tensor.is_floating_point():
                part = "scale" if alike and len(_shape(tensor)) < 2 else _part(name, tensor)
                tensor.copy_(_values(part, _shape(tensor), seed).reshape(tensor.shape))


def channels(module, x, first, last):
    """Channels first … last − 1 of the module's output in eval mode."""
    with torch.no_grad():
        return module.eval()(x)[:, first:last]


def gradients(module, x):
    """Gradients of half the output's square sum: the input's, and the parameters', those of equal shape added up."""
    module.double()
    x = x.double().requires_grad_()
    (module(x * 1) ** 2 / 2).sum().backward()
    found = {"input": x.grad}
    for parameter in module.parameters():
        gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
        gradient = _upright(gradient.reshape(_shape(parameter)))
        shape = f"parameters of shape {list(gradient.shape)}"
        found[shape] = found.get(shape, 0) + gradient
    return found


def gradients_in_evaluation(module, x):
    """The same in eval mode."""
    return gradients(module.eval(), x)


def _upright(values):
    """The same for a matrix (out, in) and its transpose (in, out)."""
    if values.dim() != 2 or values.shape[0] < values.shape[1]:
        return values
    return values.T if values.shape[0] > values.shape[1] else values + values.T


def _shape(tensor):
    """The shape without ones: a 1×1 convolution is a linear layer, a (C, 1, 1) scale is a (C,) one."""
    return [n for n in tensor.shape if n != 1]


def _part(name, tensor):
    """"weight" of a convolution or linear layer, or "scale", "shift" of a channel."""
    if len(_shape(tensor)) > 1:
        return "weight"
    attribute = name.rpartition(".")[2]
    return "scale" if attribute in ("weight", "running_var") or bool((tensor == 1).all()) else "shift"


def _values(part, shape, seed):
    """The same for a matrix (out, in) and its transpose (in, out): students store them either way."""
    if len(shape) == 2 and shape[0] > shape[1]:
        return _values(part, shape[::-1], seed).T
    generator = torch.Generator().manual_seed(zlib.crc32(f"{seed} {part} {shape}".encode()))
    if part == "scale":
        return 0.5 + torch.rand(shape, generator=generator)
    deviation = math.sqrt(2 / math.prod(shape[1:])) if part == "weight" else 0.5
    values = deviation * torch.randn(shape, generator=generator)
    return (values + values.T) / math.sqrt(2) if len(shape) == 2 and shape[0] == shape[1] else values
