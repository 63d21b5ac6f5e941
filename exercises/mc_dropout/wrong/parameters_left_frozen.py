"""Parameters left frozen

You switch `requires_grad` off and leave it so: the model cannot be trained any further. `torch.no_grad()` does it for these
runs alone.
"""

import torch
from torch.nn.modules.dropout import _DropoutNd


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    for m, _ in modes:
        m.training = isinstance(m, _DropoutNd)
    model.requires_grad_(False)
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
