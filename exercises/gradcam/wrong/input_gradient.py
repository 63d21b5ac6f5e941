"""Gradient of the image instead of the layer

You differentiate with respect to the image: that is a saliency map. Grad-CAM needs the gradient
with respect to the output of `target_layer`, and that output itself.
"""
import torch


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    x = img_tensor.detach().clone().requires_grad_()
    (grad,) = torch.autograd.grad(model(x)[0, target_class], x)
    for m, training in modes:
        m.training = training
    cam = grad[0].abs().amax(dim=0)
    low, high = cam.min(), cam.max()
    if high == low:
        return torch.zeros_like(cam).numpy()
    return ((cam - low) / (high - low)).numpy()
