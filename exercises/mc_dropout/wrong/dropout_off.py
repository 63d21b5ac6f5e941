"""Dropout switched off

After `model.eval()` dropout does nothing, so that all your runs are equal. Put the dropout layers,
and only them, back into training mode.
"""
import torch


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
