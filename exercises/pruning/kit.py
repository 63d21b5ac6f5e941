"""A small network, a training function without chance, and views of what pruning left."""

import numpy as np
import torch
from torch import nn


class Net(nn.Module):
    """Convolution, batch norm and a linear layer: two weights to prune and four vectors to leave alone."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 5, 5)  # 125 weights, of which a fifth can be pruned three times without a rest
        self.norm = nn.BatchNorm2d(5)
        self.fc = nn.Linear(25, 5)

    def forward(self, x):
        return self.fc(self.norm(self.conv(x)).flatten(1))


class Trainer:
    """A training function: its k-th call adds the k-th of the given steps to the parameters, pruned ones included."""

    def __init__(self, steps):
        self.steps = steps
        self.starts = []  # the parameters at the start of each call

    def __call__(self, model):
        step = self.steps[min(len(self.starts), len(self.steps) - 1)]
        self.starts.append({name: p.detach().clone() for name, p in model.named_parameters()})
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.add_(step[name])


def parameters_at_the_start_of_a_training(trainer, call):
    """Those of this call. Reports call what this and the next ones return by their names."""
    return trainer.starts[call]


def how_far_the_others_are_from_the_start(trainer, call, masks):
    """What was not pruned, when this call began: its distance from its values at the very start."""
    start, first = trainer.starts[call], trainer.starts[0]
    return {name: (start[name] - first[name]) * mask for name, mask in matrices(masks[call - 1]).items()}


def how_far_biases_are_from_the_start(trainer, call):
    """The same for biases and batch norm."""
    start = trainer.starts[call]
    return {name: value - trainer.starts[0][name] for name, value in start.items() if value.ndim < 2}


def pruned_weights_before_training(trainer, call, masks):
    """The values of pruned weights when this call began."""
    return {name: trainer.starts[call][name] * ~mask for name, mask in matrices(masks[call - 1]).items()}


def weights(values):
    """The same dict with NumPy arrays. Reports call what this returns by the function's name."""
    return {name: value.numpy() for name, value in values.items()}


def masks(values):
    """The same for masks."""
    return weights(values)


def lying(weight, layout):
    """The same array in memory as said: in Fortran (F) order, or sliced (with gaps). torch takes both."""
    if layout == "F":
        return np.asfortranarray(weight)
    return np.repeat(weight, 2, axis=-1)[..., ::2] if layout == "sliced" else weight


def array(mask):
    """A mask, whatever it is kept in, as a NumPy array."""
    return mask.detach().numpy() if isinstance(mask, torch.Tensor) else np.asarray(mask)


def matrices(masks):
    """The masks of weights with more than one dimension, as boolean tensors."""
    found = {name: torch.as_tensor(array(mask)) != 0 for name, mask in masks.items()}
    return {name: mask for name, mask in found.items() if mask.ndim > 1}


def all_matrices(masks):
    """The same for a list of mask dicts."""
    return [matrices(m) for m in masks]


def pruned_and_kept(masks):
    """Whether anything is pruned in some round, and whether anything is kept in some round."""
    entries = torch.cat([mask.flatten() for m in masks for mask in matrices(m).values()])
    return [not bool(entries.all()), bool(entries.any())]


def pruned_in_vectors(masks):
    """How many entries of biases and batch norm are pruned, over all rounds."""
    vectors = [array(v) for m in masks for v in m.values() if array(v).ndim < 2]
    return sum(int((v == 0).sum()) for v in vectors)


def pruned_values(model, masks):
    """What the weights that the last mask prunes are worth."""
    parameters = dict(model.named_parameters())
    return {name: parameters[name] * ~mask for name, mask in matrices(masks[-1]).items()}


def called(function, call, **arguments):
    """The answer to a call with keywords, or without; or to the second of two calls with the same objects.

    What is None is left out: the function is to take its default.
    """
    arguments = {name: value for name, value in arguments.items() if value is not None}
    if call == "keywords":
        return function(**arguments)
    for _ in range(2 if call == "again" else 1):
        answer = function(*arguments.values())
    if call == "answer afterwards":
        function(*(turned(value) for value in arguments.values()))
    return answer


def turned(value):
    """The same, with the arrays of a dict the other way round."""
    return {name: np.flip(a).copy() for name, a in value.items()} if isinstance(value, dict) else value


def pruned(function, weights, masks, fraction, call, layout):
    """What has to hold of the new masks, for each tensor: see `kept_right`; the mask itself where it has one axis."""
    weights = {name: lying(w.numpy(), layout) for name, w in weights.items()}
    masks = {name: mask.numpy() for name, mask in masks.items()}
    found = called(function, call, weights=weights, masks=masks, fraction=fraction)
    return {name: kept_right(weights[name], mask, array(found[name])) for name, mask in masks.items()}


def kept_right(weight, mask, kept):
    """How many survive, whether one came back that was gone, and whether one went that is larger than one left."""
    kept = kept.reshape(mask.shape) != 0
    if mask.ndim < 2:
        return {"mask": kept}
    largest = np.abs(weight)[mask & ~kept].max(initial=-1)
    smallest = np.abs(weight)[mask & kept].min(initial=np.inf)
    return {"survive": int(kept.sum()), "came back": bool((kept & ~mask).any()), "larger": bool(largest > smallest)}


class Plain(nn.Module):
    """Two layers with given weights; the second can be fixed, so that no gradient is asked of it."""

    def __init__(self, first, second, bias, frozen):
        super().__init__()
        self.conv, self.fc = nn.Conv2d(1, 4, 2, bias=bias), nn.Linear(4, len(second), bias=bias)
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.fill_(0.5)
            self.conv.weight.copy_(first)
            self.fc.weight.copy_(second)
        self.fc.weight.requires_grad_(not frozen)


def lottery(function, first, second, steps, rounds, fraction, bias, frozen, call):
    """What has to hold of each round's masks and starts, and of the model at the end."""
    model = Plain(first, second, bias, frozen)
    initial = {name: p.detach().clone() for name, p in model.named_parameters()}
    starts, recorded = [], []

    def train(model):
        starts.append({name: p.detach().clone() for name, p in model.named_parameters()})
        recorded.append(sum(p.sum() for p in model.parameters()).requires_grad)
        with torch.no_grad():
            left = steps[min(len(starts), len(steps)) - 1]
            for parameter in model.parameters():
                parameter.add_(left[: parameter.numel()].reshape(parameter.shape))
                left = left[parameter.numel() :]

    history = called(function, call, model=model, train_fn=train, rounds=rounds, fraction=fraction)
    masks = all_matrices(history)
    ones = {name: torch.ones_like(p, dtype=torch.bool) for name, p in initial.items()}
    left = [ones, *({**ones, **m} for m in masks)]  # before each round, and at the end
    return {
        "times trained": len(starts),
        "train_fn can compute gradients": all(recorded),
        "masks": masks,
        "starts": [{n: p - initial[n] * m[n] for n, p in s.items()} for s, m in zip(starts, left, strict=False)],
        "pruned at the end": [p.detach() * ~left[-1][n] for n, p in model.named_parameters()],
    }
