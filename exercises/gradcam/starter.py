"""Grad-CAM: which parts of the image speak for a class."""

import torch
from torch import nn


def grad_cam(model, img_tensor, target_class, target_layer):
    """Grad-CAM heat map of one image for one class.

    model: an nn.Module that returns logits (1, K)
    img_tensor: (1, C, H, W)
    target_class: int, the class whose map is wanted
    target_layer: a part of the model with output (1, C', h, w), for example model.features[3]

    Returns a float array (H, W) in [0, 1]; a constant map gives zeros. The model is left as it was found,
    and so is the image, with its .grad and requires_grad.
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_gradcam.py; the grader does not run it
    model = nn.Sequential(nn.Identity(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 1, bias=False))
    model[3].weight.data = torch.tensor([[1.0, -1.0]])
    maps = torch.tensor([[[[4.0, 0.0], [1.0, 2.0]], [[0.0, 3.0], [1.0, 1.0]]]])
    print(grad_cam(model, maps, 0, model[0]))  # [[1, 0], [0, 0.25]]
