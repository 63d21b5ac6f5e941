"""Used on both sides: a block's projection and gradients, and weights for ResNet-18 that need no matching."""

import math
import zlib
from contextlib import suppress
from functools import lru_cache

import torch
from torch.nn import functional as F


def projects_activated(block, x):
    """Whether the shortcut of a new PreActBlock projects relu(bn1(x)) and not x.

    A new batch norm changes nothing in eval mode, so relu(bn1(x)) is zero for every negative image.
    """
    block.eval()
    x = x.float()
    with torch.no_grad():
        return torch.equal(block(-x), block(-2 * x))


def as_if_x_were_projected(block, x, out_channels, stride, seed, training, recorded):
    """The output of a new PreActBlock with weights from `fill`; one that projects relu(bn1(x)) is as right as another.

    There, what the projection of x gives more than that is added. Gradients are `recorded` or not.
    """
    activated = projects_activated(block, x.abs())
    alike = 1 in (x.shape[1], out_channels)
    fill(block, seed, alike)
    with torch.set_grad_enabled(recorded):
        y = block.train(training)(x)
    return y.detach() + _projected(x, out_channels, stride, seed, training, alike) if activated else y.detach()


@torch.no_grad()
def _projected(x, out_channels, stride, seed, training, alike):
    """What the projection gives for x more than for relu(bn1(x)), with weights from `fill`."""
    channels = x.shape[1]
    scale, shift = (_filled(part, (channels,), seed, alike) for part in ("scale", "shift"))
    activated = F.batch_norm(x, shift.clone(), scale.clone(), scale, shift, training).relu()
    kernel = _filled("weight", (out_channels, channels, 1, 1), seed, alike)
    return F.conv2d(x - activated, kernel, stride=stride)


def parameters(make, num_classes):
    """Number of parameters of `make(num_classes)`.

    On the device meta it would take no storage, but torch imports 800 modules for the first `normal_` there: a second
    of computing, and on a busy machine more than an answer may take.
    """
    return sum(p.numel() for p in make(num_classes).parameters())


def output_shape(network, x):
    """Shape of the network's output in eval mode."""
    with torch.no_grad():
        return list(network.eval()(x).shape)


def last_map(network, x):
    """Shape of the last output that any part of the network gave; it may have failed after that."""
    seen = [[]]
    hooks = [m.register_forward_hook(lambda _m, _x, y: seen.append(list(y.shape))) for m in network.modules()]
    with suppress(Exception), torch.no_grad():
        network.eval()(x)
    for hook in hooks:
        hook.remove()
    return seen[-1]


def gradients(module, x, cotangent):
    """Gradients of the input and of the parameters, those of equal shape added up; in double precision."""
    module.double()
    x = x.double().requires_grad_()
    _backward(module(x * 1), cotangent.double())
    found = {"input": x.grad}
    for parameter in module.parameters():
        gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
        gradient = _usual(gradient)
        gradient = _upright(gradient.reshape(_shape(gradient)))
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


def fill(network, seed, alike=False):
    """Give each tensor values that depend on its part and shape alone: names and order make no difference.

    With `alike`, nor does the part where there is one value a channel: a 1×1 convolution of one channel, or to one,
    cannot be told from a scale or a shift. A convolution's bias, which should not be there, is zero: it costs points
    where parameters are counted.
    """
    tensors = dict([*network.named_parameters(), *network.named_buffers()])
    with torch.no_grad():
        for name, tensor in tensors.items():
            if tensor.numel() % 64 == 0 and _is_convolution_bias(name, tensors):
                tensor.zero_()
            elif tensor.is_floating_point():
                usual = _usual(tensor)
                usual.copy_(_filled(_part(name, usual), usual.shape, seed, alike))


def _usual(tensor):
    """A 3×3 kernel as (out, in, 3, 3), where it is kept as a matrix, for im2col, or with the channels last.

    No layer of these blocks has a multiple of nine channels.
    """
    if tensor.dim() == 4 and tensor.shape[:2] == (3, 3) != tensor.shape[2:]:
        return tensor.permute(3, 2, 0, 1)
    if tensor.dim() != 2 or (tensor.shape[0] % 9 == 0) == (tensor.shape[1] % 9 == 0):
        return tensor
    return (tensor.T if tensor.shape[0] % 9 == 0 else tensor).unflatten(1, (-1, 3, 3))


def _is_convolution_bias(name, tensors):
    return name.endswith("bias") and len(_shape(tensors.get(name[:-4] + "weight", tensors[name]))) > 1


def _shape(tensor):
    """The shape without ones: a 1×1 convolution is a linear layer."""
    return _without_ones(tensor.shape)


def _without_ones(shape):
    return [n for n in shape if n != 1]


def _part(name, tensor):
    """"weight" of a convolution or linear layer, or "scale", "shift" of a channel."""
    if len(_shape(tensor)) > 1:
        return "weight"
    attribute = name.rpartition(".")[2]
    return "scale" if attribute in ("weight", "running_var") or bool((tensor == 1).all()) else "shift"


def _filled(part, shape, seed, alike):
    """The values that `fill` gives a tensor of this shape."""
    real = _without_ones(shape)
    return _values("scale" if alike and len(real) < 2 else part, tuple(real), seed).reshape(shape)


@lru_cache(maxsize=24)  # as many as a ResNet-18 has: to draw them takes longer than the forward pass
def _values(part, shape, seed):
    """The same for a matrix (out, in) and its transpose (in, out): students store them either way."""
    if len(shape) == 2 and shape[0] > shape[1]:
        return _values(part, shape[::-1], seed).T
    generator = torch.Generator().manual_seed(zlib.crc32(f"{seed} {part} {list(shape)}".encode()))
    if part == "scale":
        return 0.5 + torch.rand(shape, generator=generator)
    deviation = math.sqrt(2 / math.prod(shape[1:])) if part == "weight" else 0.25
    values = deviation * torch.randn(shape, generator=generator)
    return (values + values.T) / math.sqrt(2) if len(shape) == 2 and shape[0] == shape[1] else values


def ready(make, seed):
    """A network in training mode, with weights that everybody's has."""
    network = make(10)
    fill(network, seed)
    return network.train()


def passes(network, x, cotangent):
    """Forward and backward: the logits, the input's gradient, and the sum of all parameters' absolute gradients."""
    network.zero_grad(set_to_none=True)
    x.requires_grad_()
    logits = network(x)
    _backward(logits, cotangent)
    gradients = [p.grad.abs().sum() for p in network.parameters() if p.grad is not None]
    return {"logits": logits, "input": x.grad, "parameters": torch.stack(gradients).sum()}
