"""Model left in eval mode

You end with `model.eval()`, whatever the mode was before: whoever goes on training now trains in
eval mode. Note the mode of each part and put it back.
"""
import torch
from torch import nn
from torch.nn.modules.dropout import _DropoutNd


def mc_dropout_predict(model, x, runs=10):
    model.eval()
    for m in model.modules():
        if isinstance(m, _DropoutNd):
            m.train()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    model.eval()
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
