"""Plain Python: sorted positions, integer masks; a class that is called."""
from dataclasses import dataclass, field

import numpy as np
import torch


def prune_smallest(weights, masks, fraction=0.2):
    return {name: prune_one(weights[name], masks[name], fraction) for name in masks}


def prune_one(w, mask, fraction):
    w = np.asarray(w)
    new = np.array(mask, dtype=int)
    if len(w.shape) == 1:
        return new
    alive = [index for index in np.ndindex(*w.shape) if new[index] == 1]
    alive.sort(key=lambda index: abs(float(w[index])))
    for index in alive[:int(len(alive) * fraction)]:
        new[index] = 0
    return new


@dataclass
class Lottery:
    history: list = field(default_factory=list)

    def __call__(self, model, train_fn, rounds, fraction=0.2):
        params = dict(model.named_parameters())
        first = {k: p.detach().numpy().copy() for k, p in params.items()}
        mask = {k: np.ones_like(v, dtype=int) for k, v in first.items()}
        history = []
        for _ in range(rounds):
            self.write(params, first, mask)
            train_fn(model)
            now = {k: p.detach().numpy().copy() for k, p in params.items()}
            mask = prune_smallest(weights=now, masks=mask, fraction=fraction)
            history.append({k: m.copy() for k, m in mask.items()})
            self.write(params, now, mask)
        return history

    def write(self, params, values, mask):
        with torch.no_grad():
            for k, p in params.items():
                p.copy_(torch.from_numpy(values[k] * mask[k]))


lottery_ticket = Lottery()
