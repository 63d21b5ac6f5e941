"""Threshold from a partition; float masks; state_dict rewinding."""
import copy

import numpy as np
import torch


def prune_smallest(weights, masks, fraction=0.2):
    new_masks = {}
    for name in weights:
        w, m = np.asarray(weights[name]), np.asarray(masks[name]).astype(float)
        new_masks[name] = m
        if w.ndim <= 1:
            continue
        survivors = np.abs(w[m == 1])
        k = int(np.floor(survivors.size * fraction))
        if k == 0:
            continue
        threshold = np.partition(survivors, k - 1)[k - 1]
        new = np.where((np.abs(w) < threshold) & (m == 1), 0.0, m)
        tied = np.argwhere((np.abs(w) == threshold) & (m == 1))
        for where in tied[: k - int(m.sum() - new.sum())]:
            new[tuple(where)] = 0.0
        new_masks[name] = new
    return new_masks


def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    initial = copy.deepcopy(model.state_dict())
    masks = {n: np.ones(tuple(p.shape)) for n, p in model.named_parameters()}
    all_masks = []

    def apply():
        for n, p in model.named_parameters():
            p.data.mul_(torch.tensor(masks[n], dtype=p.dtype))

    for r in range(rounds):
        model.load_state_dict(initial)
        apply()
        train_fn(model)
        masks = prune_smallest({n: p.data.numpy() for n, p in model.named_parameters()}, masks, fraction)
        all_masks.append(masks)
    apply()
    return all_masks
