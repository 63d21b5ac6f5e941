# The second starred exercise of section 22 as it is worded: train, prune, train on. Nothing is rewound (E45).
import torch


def prune_smallest(weights, masks, fraction=0.2):
    new_masks = {}
    for name in masks:
        mask = torch.as_tensor(masks[name]).bool().clone()
        if mask.dim() > 1:
            magnitudes = torch.as_tensor(weights[name]).abs().masked_fill(~mask, float('inf'))
            count = int(fraction * mask.sum().item())
            mask.view(-1)[magnitudes.reshape(-1).argsort()[:count]] = False
        new_masks[name] = mask
    return new_masks


def apply_masks(model, masks):
    with torch.no_grad():
        for name, param in model.named_parameters():
            param *= masks[name]


def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    masks = {name: torch.ones_like(p, dtype=torch.bool) for name, p in model.named_parameters()}
    history = []
    for _ in range(rounds):
        apply_masks(model, masks)
        train_fn(model)
        weights = {name: p.detach() for name, p in model.named_parameters()}
        masks = prune_smallest(weights, masks, fraction)
        history.append(masks)
    apply_masks(model, masks)
    return history
