"""Used on both sides: weights that need no matching of names, running statistics, gradients."""

import math
import zlib

import torch
from torch.nn import functional as F

PLACES = "places of the plain net's values"  # where `fill` leaves them for `gradients`
ROUNDS = 32  # as many as hidden channels can need in the checks; a mistake may leave no end of others


def fill(module, seed, arguments, alike=False):
    """Give each tensor values that depend on its part and shape alone: names and order make no difference.

    With `alike`, nor does the part where there is one value a channel: a 1×1 convolution of one channel, or to one,
    cannot be told from a scale or a shift. Where parameters are split or permuted, each value goes where it plays its
    part, as in a block with these `arguments`.

    Scales are at most 1 and shifts small: with ordinary inputs no activation reaches 6. A convolution's bias, which
    should not be there, is zero: it costs points where parameters are counted.
    """
    places, shapes = places_in(module, *arguments), shapes_of(*arguments)
    vars(module)[PLACES] = places
    tensors = dict([*module.named_parameters(), *module.named_buffers()])
    with torch.no_grad():
        if places is not None:
            drawn = [_drawn(name, torch.zeros(shape), seed, alike).reshape(-1) for name, shape in shapes.items()]
            _write(list(module.parameters()), torch.zeros(len(places)).index_copy(0, places, torch.cat(drawn)))
            tensors = dict(module.named_buffers())
        for name, tensor in tensors.items():
            weight = tensors.get(f"{name[:-4]}weight", tensor) if name.endswith("bias") else tensor
            if weight is not tensor and (len(_shape(weight)) > 1 or weight.dim() > tensor.dim()):
                tensor.zero_()
            elif tensor.is_floating_point():
                tensor.copy_(_drawn(name, tensor, seed, alike).reshape(tensor.shape))


def _drawn(name, tensor, seed, alike):
    part = "scale" if alike and len(_shape(tensor)) < 2 else _part(name, tensor)
    return _values(part, _shape(tensor), seed)


def shapes_of(in_channels, out_channels, stride, expand_ratio):
    """The shapes of kernels and of batch norms' weights and biases."""
    hidden = in_channels * expand_ratio
    kernels = {"depthwise": (hidden, 1, 3, 3), "project": (out_channels, hidden, 1, 1)}
    if expand_ratio != 1:
        kernels = {"expand": (hidden, in_channels, 1, 1)} | kernels
    norms = {f"{name} norm.{part}": shape[:1] for name, shape in kernels.items() for part in ("weight", "bias")}
    return kernels | norms


def places_in(module, in_channels, out_channels, stride, expand_ratio):
    """The arrangement of the module's parameters, or None where they have the usual shapes."""

    def net(tensors, x):
        y = x
        for name in filter(tensors.__contains__, ("expand", "depthwise", "project")):
            options = {"stride": stride, "padding": 1, "groups": len(tensors[name])} if name == "depthwise" else {}
            y = F.conv2d(y, tensors[name], **options) / math.sqrt(1 + 1e-5)
            y = y * tensors[f"{name} norm.weight"][:, None, None] + tensors[f"{name} norm.bias"][:, None, None]
            y = F.relu6(y) if name != "project" else y
        return x + y if stride == 1 and in_channels == out_channels else y

    return arrangement(module, net, shapes_of(in_channels, out_channels, stride, expand_ratio), in_channels)


def running_statistics(module):
    """Running means and variances, those of equal shape added up."""
    return _added_up(((b, b) for b in module.buffers() if b.is_floating_point()), "means and variances")


def gradients(module, x, cotangent, arguments):
    """Gradients of the input and of the parameters, those of equal shape added up; in double precision."""
    places = vars(module).get(PLACES)
    module.double()
    x = x.double().requires_grad_()
    _backward(module(x * 1), cotangent.double())
    grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in module.parameters()]
    pairs = zip(module.parameters(), grads, strict=True)
    if places is not None:
        pairs = ((grad, grad) for grad in _sorted_out(grads, places, shapes_of(*arguments)))
    return {"input": x.grad} | _added_up(pairs, "scales and shifts")


def gradients_in_evaluation(module, x, cotangent, arguments):
    """The same in eval mode."""
    return gradients(module.eval(), x, cotangent, arguments)


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
    return _without_ones(tensor.shape)


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


def arrangement(module, net, shapes, channels):
    """Where in the row of all the module's parameters each value of the plain net's tensors is.

    None where its parameters are shaped like the net's, or hold another number of values: fused, split, flattened
    and permuted ones are told by what each value does. All are set alike in both; values on which the output depends
    in the same way belong together, and one pair of them is set apart from the others, until each has its own.
    The input has so many `channels`.
    """
    own, sizes = list(module.parameters()), [math.prod(shape) for shape in shapes.values()]
    if _kinds(p.shape for p in own) == _kinds(shapes.values()) or sum(p.numel() for p in own) != sum(sizes):
        return None
    kept, modes = [p.detach().clone() for p in own], [(part, part.training) for part in module.modules()]
    x = 0.5 + torch.rand(2, channels, 7, 8, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    try:
        module.double().eval()
        return _arranged(lambda row: _slope(_write(own, row), module(x.clone())), _as_net(net, shapes, x), own, shapes)
    except Exception:
        return None
    finally:
        module.to(kept[0].dtype)
        with torch.no_grad():
            for parameter, values in zip(own, kept, strict=True):
                parameter.copy_(values)
        for part, mode in modes:
            part.training = mode


def _arranged(theirs, ours, own, shapes):
    """The places, where `theirs` and `ours` turn a row of values into the output's slopes for each of them."""
    count, generator = sum(p.numel() for p in own), torch.Generator().manual_seed(0)
    rows, places = torch.full((2, count), 0.1, dtype=torch.float64), torch.full((count,), -1)
    taken = torch.zeros(count, dtype=torch.bool)
    for _ in range(ROUNDS):
        mine, yours = _alike(ours(rows[0]), theirs(rows[1]), places < 0, ~taken)
        if not len(mine):
            break
        places[mine], taken[yours] = yours, True
        rows[0, mine] = rows[1, yours] = 0.05 + 0.1 * torch.rand(len(mine), generator=generator, dtype=torch.float64)
    _by_shape(places, taken, [p.shape for p in own], list(shapes.values()))
    places[places < 0] = (~taken).nonzero().flatten()
    return places


def _alike(ours, theirs, open_ours, open_theirs):
    """Pairs of open values, in two rows of indices, that alone have their slope; and one pair of the fewest others."""
    mine, yours = open_ours.nonzero().flatten(), open_theirs.nonzero().flatten()
    slopes, order = torch.cat([ours[mine], theirs[yours]]).sort()
    if not len(slopes):
        return mine, yours
    group = (torch.diff(slopes, prepend=slopes[:1]) > 1e-8 * slopes.abs()).cumsum(0)
    sizes = torch.bincount(group)
    halves = torch.bincount(group[order < len(mine)], minlength=len(sizes))
    starts = sizes.cumsum(0) - sizes
    fine = (2 * halves == sizes) & (slopes[starts].abs() > 1e-12 * slopes.abs().max())
    alone = starts[fine & (halves == 1)]
    found = torch.stack([order[alone], order[alone + 1]]).sort(0).values
    if len(several := (fine & (halves > 1)).nonzero().flatten()):
        fewest = several[halves[several].argmin()]
        members = order[starts[fewest] : starts[fewest] + sizes[fewest]].sort().values
        found = torch.cat([found, members[[0, len(members) // 2], None]], dim=1)
    return mine[found[0]], yours[found[1] - len(mine)]


def _by_shape(places, taken, theirs, ours):
    """What is left, where a mistake changes the slopes: tensors of which nothing is known yet, by their shapes."""
    rows = [torch.arange(len(places)).split([math.prod(s) for s in shapes]) for shapes in (ours, theirs)]
    for shape, row in zip(ours, rows[0], strict=True):
        for other, place in zip(theirs, rows[1], strict=True):
            if bool((places[row] < 0).all()) and not taken[place].any() and _kinds([shape]) == _kinds([other]):
                real, own = _without_ones(shape), place.reshape(_without_ones(other))
                places[row] = (own.T if own.dim() == 2 and list(own.shape) != real else own).reshape(-1)
                taken[place] = True


def _as_net(net, shapes, x):
    """A row of values → the slopes of the plain net's output."""

    def slopes(row):
        row = row.clone().requires_grad_()
        tensors = row.split([math.prod(shape) for shape in shapes.values()])
        given = {name: t.reshape(shape) for t, (name, shape) in zip(tensors, shapes.items(), strict=True)}
        return _slope([row], net(given, x))

    return slopes


def _slope(tensors, y):
    """The slopes of a weighted sum of y, for all values of the tensors in a row."""
    weights = 0.5 + torch.rand(y.shape, generator=torch.Generator().manual_seed(1), dtype=y.dtype)
    found = torch.autograd.grad((y * weights).sum(), tensors, materialize_grads=True)
    return torch.cat([slope.reshape(-1) for slope in found])


def _write(tensors, row):
    """Put a row of values into the tensors, and return these."""
    with torch.no_grad():
        for tensor, values in zip(tensors, row.split([t.numel() for t in tensors]), strict=True):
            tensor.copy_(values.reshape(tensor.shape))
    return tensors


def _sorted_out(tensors, places, shapes):
    """The plain net's tensors, of what the module's are."""
    row = torch.cat([t.reshape(-1) for t in tensors])[places]
    parts = row.split([math.prod(shape) for shape in shapes.values()])
    return [part.reshape(shape) for part, shape in zip(parts, shapes.values(), strict=True)]


def _kinds(shapes):
    """Shapes without ones in an order of their own, a matrix like its transpose; cubes may be turned: as they are."""
    kinds = []
    for shape in shapes:
        real = _without_ones(shape)
        cube = len(real) > 2 and len(set(real)) == 1
        kinds.append(list(shape) if cube else sorted(real) if len(real) == 2 else real)
    return sorted(kinds)


def _without_ones(shape):
    return [n for n in shape if n != 1]
