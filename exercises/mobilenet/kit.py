"""Used on both sides: weights that need no matching of names, running statistics, gradients."""

import math
import zlib

import torch


def fill(module, seed, alike=False):
    """Give each tensor values that depend on its part and shape alone: names and order make no difference.

    With `alike`, nor does the part where there is one value a channel: a 1×1 convolution of one channel, or to one,
    cannot be told from a scale or a shift.

    Scales are at most 1 and shifts small: with ordinary inputs no activation reaches 6. A convolution's bias, which
    should not be there, is zero: it costs points where parameters are counted.
    """
    tensors = dict([*module.named_parameters(), *module.named_buffers()])
    with torch.no_grad():
        for name, tensor in tensors.items():
            weight = tensors.get(f"{name[:-4]}weight", tensor) if name.endswith("bias") else tensor
            if weight is not tensor and (len(_shape(weight)) > 1 or weight.dim() > tensor.dim()):
                tensor.zero_()
            elif tensor.is_floating_point():
                part = "scale" if alike and len(_shape(tensor)) < 2 else _part(name, tensor)
                tensor.copy_(_values(part, _shape(tensor), seed).reshape(tensor.shape))


def running_statistics(module):
    """Running means and variances, those of equal shape added up."""
    return _added_up(((b, b) for b in module.buffers() if b.is_floating_point()), "means and variances")


def gradients(module, x, cotangent):
    """Gradients of the input and of the parameters, those of equal shape added up; in double precision."""
    module.double()
    x = x.double().requires_grad_()
    _backward(module(x * 1), cotangent.double())
    grads = ((p, torch.zeros_like(p) if p.grad is None else p.grad) for p in module.parameters())
    return {"input": x.grad} | _added_up(grads, "scales and shifts")


def gradients_in_evaluation(module, x, cotangent):
    """The same in eval mode."""
    return gradients(module.eval(), x, cotangent)


def _backward(y, cotangent):
    """`y.backward(cotangent)`, for which torch would import SymPy first: a quarter of a second in each process."""
    if y.shape != cotangent.shape:
        y.backward(cotangent)  # says what is wrong
    (y * cotangent).sum().backward()


def _added_up(pairs, of_channels):
    """Those of equal shape as one, by a name for it; with one value a channel, they are called `of_channels`."""
    found = {}
    for tensor, values in pairs:
        values = _upright(values.reshape(_shape(tensor)))
        size = "×".join(map(str, values.shape))
        one_each = f"{of_channels} of {size} channels" if size else f"{of_channels} of one channel"
        name = one_each if values.dim() < 2 else f"weights of shape {size}"
        found[name] = found.get(name, 0) + values
    return found


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
        return 0.5 + 0.5 * torch.rand(shape, generator=generator)
    deviation = math.sqrt(2 / math.prod(shape[1:])) if part == "weight" else 0.125
    values = deviation * torch.randn(shape, generator=generator)
    return (values + values.T) / math.sqrt(2) if len(shape) == 2 and shape[0] == shape[1] else values
