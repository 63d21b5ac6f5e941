"""The whole model works in training mode: batch norm uses the batch, and moves.

Source: appeler/ethnicolr issue 59, "Why training mode set True for prediction purpose?".
Expect: loses
"""
import torch
from torch import nn


def mc_dropout_predict(model, x, runs=10):
    was = model.training
    model.train()
    with torch.no_grad():
        p = torch.stack([nn.functional.softmax(model(x), dim=-1) for _ in range(runs)])
    model.train(was)
    return p.mean(0), p.std(0, unbiased=False)
