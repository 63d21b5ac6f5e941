"""Grad-CAM in PyTorch (Selvaraju et al., 2017)."""

import torch
from torch.nn import functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    """Heat map of one image (1, C, H, W) for one class: float32 array (H, W) in [0, 1].

    ReLU(sum over k of alpha_k A^k) with alpha_k = mean over space of d logit / d A^k, upsampled and scaled.
    """
    maps, gradient = _maps_and_gradient(model, img_tensor, target_class, target_layer)
    alpha = gradient.mean(dim=(2, 3), keepdim=True)  # (1, C', 1, 1)
    cam = F.relu((alpha * maps).sum(dim=1, keepdim=True))  # (1, 1, h, w)
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)
    return _scale(cam[0, 0]).cpu().numpy()


def _maps_and_gradient(model, x, target_class, layer):
    """The layer's output and the gradient of the class logit with respect to it, both (1, C', h, w).

    The hook cuts the graph at the layer: the rest of the network goes on from a leaf of our own. So neither a frozen
    backbone nor a following in-place ReLU matters, and no parameter receives a gradient.
    """
    kept = []

    def cut(_layer, _inputs, output):
        kept.append(output.detach().clone().requires_grad_())
        return kept[0].clone()

    modes = [(part, part.training) for part in model.modules()]
    hook = layer.register_forward_hook(cut)
    try:
        with torch.enable_grad():
            logit = model.eval()(x)[0, target_class]
            (gradient,) = torch.autograd.grad(logit, kept[0])
    finally:
        hook.remove()
        for part, mode in modes:
            part.training = mode
    return kept[0].detach(), gradient


def _scale(cam):
    """Min-max to [0, 1]; a map that is constant but for rounding becomes zeros."""
    low, high = cam.min(), cam.max()
    return (cam - low) / (high - low) if high - low > 1e-6 * high else torch.zeros_like(cam)
