"""Images converted to float32

You convert the images with `.float()`. A model in float64 refuses them. Take them as they come.
"""

import torch
from torch.nn.modules.dropout import _DropoutNd


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    for m, _ in modes:
        m.training = isinstance(m, _DropoutNd)
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x.float()), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
