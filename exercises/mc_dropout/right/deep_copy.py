"""Works on a copy of the model; Welford's update; stacked result."""
import copy
from functools import partial

import torch
from torch import nn


def _predict(model, x, runs, kinds):
    net = copy.deepcopy(model)
    net.train(False)
    net.apply(lambda m: m.train() if isinstance(m, kinds) else None)
    mean = m2 = None
    for k in range(1, runs + 1):
        with torch.inference_mode():
            p = torch.exp(torch.log_softmax(net(x), 1))
        if mean is None:
            mean, m2 = torch.zeros_like(p), torch.zeros_like(p)
        delta = p - mean
        mean = mean + delta / k
        m2 = m2 + delta * (p - mean)
    return torch.stack([mean, torch.sqrt(m2 / runs)])


def mc_dropout_predict(model, x, runs=10):
    one_dimension_up = (nn.Dropout1d, nn.Dropout2d, nn.Dropout3d)
    return partial(_predict, kinds=(nn.Dropout, *one_dimension_up, nn.AlphaDropout, nn.FeatureAlphaDropout))(model, x, runs)
