"""What the checks of `debug_cnn` do with a network. Names and order of its layers do not matter."""

from contextlib import suppress

import torch
from torch.nn import functional


def network(cls, seed):
    """A network of this class; each parameter is drawn from the seed and from how many numbers it has.

    Where this network is usually printed, `F` is used without its import: that is not the error to be found.
    """
    with suppress(AttributeError):
        cls.forward.__globals__.setdefault("F", functional)
    net = cls()
    with suppress(Exception), torch.no_grad():
        net(torch.zeros(2, 1, 28, 28))  # lazy layers find their widths; a network that fails will fail again
    with torch.no_grad():
        for p in net.parameters():
            shape = upright(p).shape
            values = torch.randn(p.numel(), generator=torch.Generator().manual_seed(seed + p.numel()))
            scale = (2 * shape[0] / p.numel()) ** 0.5 if p.ndim > 1 else 0.3
            upright(p).copy_(scale * values.reshape(shape))
    return net


def upright(t):
    """(in, out) and (5, 5, in, out) as (out, in, …): students store them either way, and these layers narrow."""
    if t.shape[:2] == (5, 5):
        return t.permute(3, 2, 0, 1)
    return t.T if t.ndim == 2 and t.shape[0] > t.shape[1] else t


def outline(net):
    """The sizes of the parameters, and what becomes of one and of two images: tells networks apart."""
    sizes = sorted(p.numel() for p in net.parameters())
    return {"sizes": sizes, "one": _attempt(net, 1), "two": _attempt(net, 2)}


def _attempt(net, batch):
    x = torch.linspace(-1, 1, batch * 28 * 28).sin().reshape(batch, 1, 28, 28)
    try:
        with torch.no_grad():
            return net(x)
    except Exception as error:
        return type(error).__name__


def output_shape(net, x):
    """The shape of the network's output."""
    return tuple(net(x).shape)


def gradients(net, x, cotangent):
    """The gradients of the image and of each parameter, by its size; in double precision if the network can."""
    try:
        return _gradients(net.double(), x.double(), cotangent.double())
    except RuntimeError:  # a forward pass that insists on float32
        return _gradients(net.float(), x, cotangent)


def gradients_in_evaluation(net, x, cotangent):
    """The same in eval mode."""
    return gradients(net.eval(), x, cotangent)


def _gradients(net, x, cotangent):
    parameters, names = list(net.parameters()), ["image"]
    for parameter in parameters:
        name = f"parameter of {parameter.numel()} numbers"
        names.append(f"another {name}" if name in names else name)
    y = _weighted(net(x.requires_grad_()), cotangent)
    found = torch.autograd.grad(y, [x, *parameters], materialize_grads=True)
    return {name: upright(g).flatten() for name, g in zip(names, found, strict=True)}


def _weighted(y, cotangent):
    """A sum whose gradient for `y` is the cotangent: to be given one, torch imports SymPy for a quarter of a second."""
    if y.shape != cotangent.shape:
        raise RuntimeError(f"the output has shape {list(y.shape)}, not {list(cotangent.shape)}")
    return (y * cotangent).sum()
