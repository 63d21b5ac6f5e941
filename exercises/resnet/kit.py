"""Used on both sides: which projection a block has, and weights for ResNet-18 that need no matching."""

import math
import zlib

import torch


def projects_activated(block, x):
    """Whether the shortcut of a new PreActBlock projects relu(bn1(x)) and not x.

    A new batch norm changes nothing in eval mode, so relu(bn1(x)) is zero for every negative image.
    """
    block.eval()
    x = x.float()
    with torch.no_grad():
        return torch.equal(block(-x), block(-2 * x))


def parameters(make, num_classes):
    """Number of parameters of `make(num_classes)`; without storage where the constructor allows it."""
    try:
        with torch.device("meta"):
            network = make(num_classes)
    except Exception:
        network = make(num_classes)
    return sum(p.numel() for p in network.parameters())


def output_shape(network, x):
    """Shape of the network's output in eval mode."""
    with torch.no_grad():
        return list(network.eval()(x).shape)


def fill(network, seed):
    """Give each tensor values that depend on its part and shape alone: names and order make no difference."""
    tensors = [*network.named_parameters(), *network.named_buffers()]
    with torch.no_grad():
        for name, tensor in tensors:
            if tensor.is_floating_point():
                tensor.copy_(_values(_part(name, tensor), tensor, seed))


def _shape(tensor):
    """The shape without ones at the end: a 1×1 convolution is a linear layer."""
    shape = list(tensor.shape)
    while len(shape) > 1 and shape[-1] == 1:
        shape.pop()
    return shape


def _part(name, tensor):
    """"weight" of a convolution or linear layer, or "scale", "shift" of a channel."""
    if len(_shape(tensor)) > 1:
        return "weight"
    attribute = name.rpartition(".")[2]
    return "scale" if attribute in ("weight", "running_var") or bool((tensor == 1).all()) else "shift"


def _values(part, tensor, seed):
    shape = _shape(tensor)
    generator = torch.Generator().manual_seed(zlib.crc32(f"{seed} {part} {shape}".encode()))
    if part == "scale":
        return (0.5 + torch.rand(shape, generator=generator)).reshape(tensor.shape)
    values = torch.randn(shape, generator=generator).reshape(tensor.shape)
    return values * (math.sqrt(2 / math.prod(shape[1:])) if part == "weight" else 0.25)
