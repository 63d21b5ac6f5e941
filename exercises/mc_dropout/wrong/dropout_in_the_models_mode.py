"""Dropout left in the model's mode

Afterwards you put the dropout layers into the mode of the whole model. They may have been in another one, as after an
earlier prediction of this kind. Note and restore the mode of each part by itself.
"""
import torch
from torch import nn
from torch.nn.modules.dropout import _DropoutNd


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    for m in model.modules():
        if isinstance(m, _DropoutNd):
            m.train()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = modes[0][1] if isinstance(m, _DropoutNd) else training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
