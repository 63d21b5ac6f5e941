"""Used on both sides: weights that need no matching of names, the block without its shortcut, gradients."""

import math
import zlib

import torch

ZERO = {"depthwise kernels": ("weight", 3), "linear layers": ("weight", 2), "norm and layer scale": ("scale", 1)}


def fill(module, seed, shift=1.0, scale=True, zero="none", alike=False):
    """Give each tensor values that depend on its part and shape alone: names and order make no difference.

    `shift` multiplies biases and the like; with `scale=False` norm weights and layer scale keep their initial values;
    what `zero` names is all zero, so that it shows whether it is behind a mistake. With `alike`, the part makes no
    difference where there is one value a channel: in a block of one channel a linear layer cannot be told from a scale
    or a shift.
    """
    with torch.no_grad():
        for name, tensor in [*module.named_parameters(), *module.named_buffers()]:
            if not tensor.is_floating_point():
                continue
            part = "scale" if alike and len(_shape(tensor)) < 2 else _part(name, tensor)
            if part != "scale" or scale:
                values = _values(part, _shape(tensor), seed) * (shift if part == "shift" else 1.0)
                values *= (part, len(_shape(tensor))) != ZERO.get(zero)
                tensor.copy_(values.reshape(tensor.shape))


def answer(module, x):
    """The module's output, or None where it fails: not graded, but it tells the causes of a difference apart."""
    try:
        with torch.no_grad():
            return module(x)
    except Exception:
        return None


def residual_branch(module, x):
    """What the block adds to x, in double precision."""
    with torch.no_grad():
        x = x.double()
        return module.double()(x.clone()) - x


def uses_parameters(module, x):
    """Whether the block's answer, of x's shape, changes with its parameters. Doubles them."""
    with torch.no_grad():
        before = module(x.clone())
        for parameter in module.parameters():
            parameter.mul_(2)
        after = module(x.clone())
    return before.shape == after.shape == x.shape and not torch.equal(before, after)


def gradients(module, x, cotangent):
    """Gradients of the input and of the parameters, those of equal shape added up; in double precision."""
    module.double()
    x = x.double().requires_grad_()
    _backward(module(x * 1), cotangent.double())
    found = {"input": x.grad}
    for parameter in module.parameters():
        gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
        gradient = _upright(gradient.reshape(_shape(parameter)))
        shape = f"parameters of shape {list(gradient.shape)}"
        found[shape] = found.get(shape, 0) + gradient
    return found


def gradients_in_evaluation(module, x, cotangent):
    """The same in eval mode."""
    return gradients(module.eval(), x, cotangent)


def _backward(y, cotangent):
    """`y.backward(cotangent)`, for which torch would import SymPy first: a quarter of a second in each process."""
    if y.shape != cotangent.shape:
        y.backward(cotangent)  # says what is wrong
    (y * cotangent).sum().backward()


def _upright(values):
    """The same for a matrix (out, in) and its transpose (in, out)."""
    if values.dim() != 2 or values.shape[0] < values.shape[1]:
        return values
    return values.T if values.shape[0] > values.shape[1] else values + values.T


def _shape(tensor):
    """The shape without ones: a 1×1 convolution is a linear layer, a (C, 1, 1) scale is a (C,) one."""
    return [n for n in tensor.shape if n != 1]


def _part(name, tensor):
    """ "weight" of a convolution or linear layer, or "scale", "shift" of a channel."""
    if len(_shape(tensor)) > 1:
        return "weight"
    attribute = name.rpartition(".")[2]
    constant = bool((tensor == tensor.flatten()[0]).all()) and bool((tensor != 0).all())
    scales = constant or attribute == "weight" or "gamma" in name or "scale" in name
    return "scale" if scales else "shift"


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
