"""The reference of `shapes` against torch: the same layers built and run without data."""

import numpy as np
import pytest
import torch
from torch import nn

from solutions import shapes

NETWORKS = 300  # some 1,900 layers


def random_layer(rng, shape):
    """A legal layer for this shape, some of its keys left out."""
    kind = rng.choice(["conv", "conv", "maxpool", "avgpool", "batchnorm", "relu", "dropout", "gap"])
    layer = {"type": str(kind)}
    if kind not in ("conv", "maxpool", "avgpool"):
        return layer
    kernel_size = int(rng.integers(1, min(7, *shape[1:]) + 1))
    options = {
        "kernel_size": kernel_size,
        "stride": int(rng.integers(1, 4)),
        "padding": int(rng.integers(0, kernel_size // 2 + 1)),
    }
    droppable = {"stride", "padding"}
    if kind == "conv":
        layer["out_channels"] = int(rng.integers(1, 9))
    elif kernel_size == 2:
        droppable.add("kernel_size")
    return layer | {k: v for k, v in options.items() if k not in droppable or rng.random() < 0.7}


def random_network(rng):
    shape = (int(rng.integers(1, 6)), int(rng.integers(1, 40)), int(rng.integers(1, 40)))
    layers, current = [], shape
    for _ in range(rng.integers(1, 6)):
        layers.append(random_layer(rng, current))
        current = shapes.compute_output_shape(shape, layers)[-1]
    head = [{"type": "flatten"}, {"type": "fc", "out_features": int(rng.integers(1, 20))}, {"type": "relu"}]
    return shape, layers + head


def build(layer, shape):
    """The torch layer that a dict describes."""
    options = {k: v for k, v in layer.items() if k not in ("type", "out_channels", "out_features")}
    if layer["type"].endswith("pool"):
        options = {"kernel_size": 2} | options
    match layer["type"]:
        case "conv":
            return nn.Conv2d(shape[0], layer["out_channels"], **options)
        case "maxpool":
            return nn.MaxPool2d(**options)
        case "avgpool":
            return nn.AvgPool2d(**options)
        case "batchnorm":
            return nn.BatchNorm2d(shape[0])
        case "gap":
            return nn.AdaptiveAvgPool2d(1)
        case "fc":
            return nn.Linear(shape[0], layer["out_features"])
    return {"relu": nn.ReLU, "dropout": nn.Dropout, "flatten": nn.Flatten}[layer["type"]]()


@pytest.mark.slow
def test_against_torch():
    rng = np.random.default_rng(0)
    with torch.device("meta"):
        for _ in range(NETWORKS):
            shape, layers = random_network(rng)
            x, counts, traced = torch.empty(1, *shape), [], []
            for layer in layers:
                module = build(layer, x.shape[1:]).eval()
                x = module(x)
                traced.append(tuple(x.shape[1:]))
                counts.append(sum(p.numel() for p in module.parameters()))
            assert shapes.compute_output_shape(shape, layers) == traced
            assert shapes.count_parameters(shape, layers) == counts


def test_known_totals():
    vgg = []
    for channels, repeats in (64, 2), (128, 2), (256, 3), (512, 3), (512, 3):
        vgg += [{"type": "conv", "out_channels": channels, "kernel_size": 3, "padding": 1}] * repeats
        vgg.append({"type": "maxpool"})
    vgg += [{"type": "flatten"}, *({"type": "fc", "out_features": n} for n in (4096, 4096, 1000))]
    assert sum(shapes.count_parameters((3, 224, 224), vgg)) == 138_357_544
    assert shapes.compute_output_shape((3, 224, 224), vgg)[-5] == (512, 7, 7)
    conv = {"type": "conv", "out_channels": 128, "kernel_size": 3, "padding": 1}
    assert shapes.count_parameters((64, 8, 8), [conv]) == [73_856]


def test_no_layers():
    assert shapes.compute_output_shape((3, 4, 5), []) == []
    assert shapes.count_parameters((3, 4, 5), []) == []
