"""Magnitude pruning and lottery tickets (Frankle and Carbin, 2019)."""

import numpy as np
import torch


def prune_smallest(weights, masks, fraction=0.2):
    """New masks without the smallest surviving weights of each tensor; dicts name → array.

    The count is rounded down. Only tensors of more than one dimension are pruned.
    """
    return {name: _prune(np.asarray(weights[name]), np.array(mask), fraction) for name, mask in masks.items()}


def _prune(weight, mask, fraction):
    if weight.ndim < 2:
        return mask
    alive = np.flatnonzero(mask)
    order = np.argsort(np.abs(weight.flat[alive]))
    mask.flat[alive[order[: int(fraction * len(alive))]]] = 0
    return mask


def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    """Each round: rewind all parameters to their initial values, mask, train, prune. One mask dict per round."""
    initial = {name: p.detach().clone() for name, p in model.named_parameters()}
    masks = {name: np.ones(p.shape, dtype=bool) for name, p in initial.items()}
    history = []
    for _ in range(rounds):
        _set(model, initial, masks)
        train_fn(model)
        trained = {name: p.detach().clone() for name, p in model.named_parameters()}
        masks = prune_smallest({name: p.cpu().numpy() for name, p in trained.items()}, masks, fraction)
        history.append(masks)
        _set(model, trained, masks)
    return history


@torch.no_grad()
def _set(model, values, masks):
    for name, parameter in model.named_parameters():
        mask = torch.from_numpy(masks[name]).to(parameter.device)
        parameter.copy_(values[name] * mask)
