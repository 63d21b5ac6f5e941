"""One threshold for all tensors

You rank the weights of all tensors together, so that a layer of small weights loses everything.
Rank and count each tensor by itself.
"""
import numpy as np
import torch


def prune_smallest(weights, masks, fraction=0.2):
    new_masks = {}
    names = [n for n in masks if np.ndim(weights[n]) > 1]
    sizes = np.concatenate([np.abs(weights[n])[np.array(masks[n]) != 0] for n in names] or [np.zeros(0)])
    count = int(fraction * len(sizes))
    threshold = np.sort(sizes)[count - 1] if count > 0 else -1.0
    for name, mask in masks.items():
        mask = np.array(mask)
        if name in names:
            mask[np.abs(weights[name]) <= threshold] = False
        new_masks[name] = mask
    return new_masks


def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    initial = {n: p.detach().clone() for n, p in model.named_parameters()}
    masks = {n: np.ones(p.shape, dtype=bool) for n, p in model.named_parameters()}
    history = []
    for _ in range(rounds):
        with torch.no_grad():
            for n, p in model.named_parameters():
                p.copy_(initial[n] * torch.from_numpy(masks[n]))
        train_fn(model)
        trained = {n: p.detach().numpy() for n, p in model.named_parameters()}
        masks = prune_smallest(trained, masks, fraction)
        history.append(masks)
    with torch.no_grad():
        for n, p in model.named_parameters():
            p.mul_(torch.from_numpy(masks[n]))
    return history
