"""Trained without gradients

`@torch.no_grad()` above `lottery_ticket` holds for `train_fn` too: no loss can go backward in it. Put `with torch.no_grad():`
around the lines that write into the parameters, and call `train_fn` outside of it.

"""
import numpy as np
import torch


def prune_smallest(weights, masks, fraction=0.2):
    new_masks = {}
    for name, mask in masks.items():
        w = np.asarray(weights[name])
        mask = np.array(mask)
        if w.ndim > 1:
            alive = np.flatnonzero(mask)
            count = int(fraction * len(alive))
            order = np.argsort(np.abs(w).ravel()[alive])
            mask.ravel()[alive[order[:count]]] = False
        new_masks[name] = mask
    return new_masks


@torch.no_grad()
def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    initial = {n: p.detach().clone() for n, p in model.named_parameters()}
    masks = {n: np.ones(p.shape, dtype=bool) for n, p in model.named_parameters()}
    history = []
    for _ in range(rounds):
        for n, p in model.named_parameters():
            p.copy_(initial[n] * torch.from_numpy(masks[n]))
        train_fn(model)
        trained = {n: p.detach().numpy() for n, p in model.named_parameters()}
        masks = prune_smallest(trained, masks, fraction)
        history.append(masks)
    for n, p in model.named_parameters():
        p.mul_(torch.from_numpy(masks[n]))
    return history
