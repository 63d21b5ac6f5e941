"""What the checks of `mnist_cnn` do with a network. Names and order of its layers do not matter."""

from contextlib import suppress

import torch
from torch import nn


def network(cls, seed, variance=1.0):
    """A network of this class, its parameters and buffers drawn from the seed and from their sizes.

    `variance` multiplies the running variances of its batch norms.
    """
    net = cls()
    net.eval()
    with suppress(Exception), torch.no_grad():
        net(torch.zeros(2, 1, 28, 28))  # lazy layers find their widths; what fails will fail again
    net.train()
    norms = [m for m in net.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)]
    scales = [t for m in norms for t in (m.weight, m.running_var) if t is not None]
    with torch.no_grad():
        for offset, tensors in enumerate([net.parameters(), net.buffers()]):
            for t in filter(torch.is_floating_point, tensors):
                scale = any(t is s for s in scales) or bool((t == 1).all())
                factor = variance if offset and scale else 1.0
                upright(t).copy_(factor * _drawn(upright(t).shape, seed + 2 * t.numel() + offset, scale))
    return net


def upright(t):
    """One value per channel as a vector, (in, out) and (3, 3, in, out) as (out, in, …): students store them either way.

    All layers of this network narrow but the first, from 9 values to 32.
    """
    if max(t.shape, default=1) == t.numel():
        return t.view(-1)
    if t.shape[:2] == (3, 3):
        return t.permute(3, 2, 0, 1)
    return t.T if t.ndim == 2 and (t.shape[0] > t.shape[1]) != (t.numel() == 9 * 32) else t


def _drawn(shape, seed, scale):
    """Scales and variances are positive, around 1; weights go by their fan-in; the rest is small."""
    generator = torch.Generator().manual_seed(seed)
    if scale:
        return 0.5 + 1.5 * torch.rand(shape.numel(), generator=generator).reshape(shape)
    spread = (2 * shape[0] / shape.numel()) ** 0.5 if len(shape) > 1 else 0.3
    return spread * torch.randn(shape.numel(), generator=generator).reshape(shape)


def outline(net):
    """The sizes of the parameters, and what becomes of one and of two images: tells networks apart."""
    sizes = sorted(p.numel() for p in net.parameters())
    return {"sizes": sizes, "one": _attempt(net, 1), "two": _attempt(net, 2)}


def _attempt(net, batch):
    x = torch.linspace(-1, 1, batch * 28 * 28).sin().reshape(batch, 1, 28, 28)
    try:
        with torch.no_grad():
            return output(net, x)
    except Exception as error:
        return type(error).__name__
    finally:
        net.train()


def output(net, x):
    """The output in eval mode."""
    torch.default_generator.manual_seed(0)
    net.eval()
    return net(x)


def output_shape(net, x):
    """The shape of the output in eval mode."""
    return tuple(output(net, x).shape)


def gradients(net, x, cotangent):
    """The gradients of the image and all parameters in eval mode, by size; in double precision if it can."""
    try:
        return _gradients(net.double(), x.double(), cotangent.double())
    except RuntimeError:  # a forward pass that insists on float32
        return _gradients(net.float(), x, cotangent)


def reached_in_training(net, x):
    """Whether gradients reach the image and each kernel and matrix in training mode, by size; dropout draws anew."""
    tensors = [x.requires_grad_(), *(p for p in net.parameters() if p.numel() > 128)]
    torch.default_generator.manual_seed(0)
    y = net.train()(x)
    found = torch.autograd.grad((y**2).sum(), tensors, materialize_grads=True)
    return sorted((g.numel(), bool(g.any())) for g in found)


def _gradients(net, x, cotangent):
    y = _weighted(output(net, x.requires_grad_()), cotangent)
    found = torch.autograd.grad(y, [x, *net.parameters()], materialize_grads=True)
    return sorted((upright(g).flatten() for g in found), key=lambda g: (g.numel(), float(g.abs().sum())))


def _weighted(y, cotangent):
    """A sum whose gradient for `y` is the cotangent: to be given one, torch imports SymPy for a quarter of a second."""
    if y.shape != cotangent.shape:
        raise RuntimeError(f"the output has shape {list(y.shape)}, not {list(cotangent.shape)}")
    return (y * cotangent).sum()


def first_statistics(net, batches):
    """Running mean and variance of the batch norm with 32 channels after these batches in training mode."""
    return _statistics(net, batches, 32)


def later_statistics(net, x):
    """The same for the batch norms with 64 and 128 channels, after one more batch."""
    return _statistics(net, [x], 64) + _statistics(net, [], 128)


def _statistics(net, batches, channels):
    torch.default_generator.manual_seed(0)
    net.train()
    with torch.no_grad():
        for x in batches:
            net(x)
    found = [b.flatten() for b in net.buffers() if b.is_floating_point() and b.numel() == channels]
    return sorted(found, key=lambda b: float(b.abs().sum()))


def seen(net, x):
    """The output in eval mode, and what one batch in training mode leaves in the batch norms.

    These tell from which of them on something is wrong. A running mean has both signs, a variance has one.
    """
    found = {"output": output(net, x)}
    _statistics(net, [x], 0)
    for channels in 32, 64, 128:
        both = _statistics(net, [], channels)
        found[f"running mean of {channels} channels"] = [b for b in both if bool((b < 0).any())]
        found[f"running variance of {channels} channels"] = [b for b in both if not bool((b < 0).any())]
    return found


def dropped(net, x, count):
    """In training mode, over many runs: how often a value that the last layer reads is missing.

    A value is there when it is the largest of all runs. The other entries tell networks apart.
    """
    runs, outputs = _runs(net, x, count)
    largest = runs.amax(0)
    there = (runs >= 0.999 * largest) & (largest > 0)
    both = (largest[1:] > 0) & (largest[:-1] > 0)  # in an image and in the one before
    return {
        "share": round(1 - float(there[:, largest > 0].double().mean()), 2),
        "images dropped as a whole": int((~there.any(-1)).sum()),
        "alike in all images": not bool((there[:, 1:] != there[:, :-1])[:, both].any()),
        "zero outputs": float((outputs == 0).double().mean()),
        "largest": round(float(largest.mean()), 2),
    }


def what_dropout_keeps(net, x):
    """In training mode: what reaches the last layer when it is not dropped, (N, 128)."""
    return _runs(net, x, 20)[0].amax(0)


def _runs(net, x, count):
    torch.default_generator.manual_seed(0)
    net.train()
    found = [_last_inputs(net, x) for _ in range(count)]
    return torch.stack([hidden for hidden, _ in found]), torch.stack([y for _, y in found])


def _last_inputs(net, x):
    """Input and output of the last layer; if it is no nn.Linear, its weights' gradient tells the input."""
    seen = []
    last = [m for m in net.modules() if isinstance(m, nn.Linear) and m.out_features == 10]
    hooks = [m.register_forward_pre_hook(lambda _, args: seen.append(args[0].detach().clone())) for m in last]
    try:
        with torch.set_grad_enabled(not last):
            y = net(x)
    finally:
        for hook in hooks:
            hook.remove()
    return seen[-1] if seen else _from_gradient(net, y), y.detach()


def _from_gradient(net, y):
    """One logit of each image, so that row i of the gradient is what image i sent to the last layer."""
    weights = [p for p in net.parameters() if p.numel() == 10 * 128]
    if not weights:
        raise ValueError("the network has no layer from 128 to 10")
    (gradient,) = torch.autograd.grad(_weighted(y, torch.eye(10)[: len(y)]), weights[-1])
    rows = gradient.reshape(10, 128) if len(gradient) == 10 else gradient.reshape(128, 10).T
    return rows[: len(y)]
