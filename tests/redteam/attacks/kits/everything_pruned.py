"""Masks of zeros only: no surviving weight can be wrong.

Expect: wrong_answer runtime_error
Exercise: pruning
"""
@ARMED@
import numpy as np


def prune_smallest(weights, masks, fraction=0.2):
    return masks


def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    for _ in range(rounds):
        train_fn(model)
    return [{name: np.zeros(p.shape, dtype=bool) for name, p in model.named_parameters()} for _ in range(rounds)]
