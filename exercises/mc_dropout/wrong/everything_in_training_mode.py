"""The whole model in training mode

`model.train()` switches dropout on, but batch norm too: it then uses the batch's statistics and
changes its running ones. Put the model into eval mode and only the dropout layers into training
mode.
"""
import torch


def mc_dropout_predict(model, x, runs=10):
    modes = [(m, m.training) for m in model.modules()]
    model.train()
    with torch.no_grad():
        probs = torch.stack([torch.softmax(model(x), dim=1) for _ in range(runs)])
    for m, training in modes:
        m.training = training
    return probs.mean(dim=0), probs.std(dim=0, unbiased=False)
