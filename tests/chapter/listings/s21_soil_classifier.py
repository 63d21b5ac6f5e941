# Section 21, typed as it stands (E41): one optimizer, built from what was trainable at first; no split, no evaluation.
import torch
import torch.nn as nn


def build_classifier(backbone, num_classes=6):
    for param in backbone.parameters():
        param.requires_grad = False
    num_features = backbone.fc.in_features
    backbone.fc = nn.Sequential(
        nn.Linear(num_features, 256),
        nn.ReLU(),
        nn.Dropout(0.4),
        nn.Linear(256, num_classes),
    )
    return backbone


optimizers = {}


def set_phase(model, phase):
    if phase == 1:
        for param in model.parameters():
            param.requires_grad = False
        for param in model.fc.parameters():
            param.requires_grad = True
    elif phase == 2:
        for param in model.layer4.parameters():
            param.requires_grad = True
    else:
        for param in model.parameters():
            param.requires_grad = True

    if model not in optimizers:
        optimizers[model] = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-3)
    optimizer = optimizers[model]
    for group in optimizer.param_groups:
        group['lr'] = {1: 1e-3, 2: 1e-4, 3: 1e-5}[phase]
    return optimizer
