"""Weights with the sign reversed

You weight the channels by minus their gradient. What speaks against the class lights up, and ReLU removes what speaks for
it. The weights are the means of the gradient itself.
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = [(m, m.training) for m in model.modules()]
    kept = {}

    def hook(module, inputs, output):
        kept["A"] = output
        return output.clone()

    handle = target_layer.register_forward_hook(hook)
    try:
        model.eval()
        logits = model(img_tensor.detach().clone().requires_grad_())
        (grad,) = torch.autograd.grad(logits[0, target_class], kept["A"])
    finally:
        handle.remove()
        for m, training in modes:
            m.training = training

    A = kept["A"].detach()
    weights = grad.mean(dim=(2, 3), keepdim=True)
    cam = F.relu((-weights * A).sum(dim=1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    if cam.max() - cam.min() < 1e-3:
        return torch.zeros_like(cam).numpy()
    return ((cam - cam.min()) / (cam.max() - cam.min() + 1e-8)).numpy()
