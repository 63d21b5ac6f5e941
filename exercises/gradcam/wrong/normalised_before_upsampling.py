"""Scaled before upsampling

You scale the small map to [0, 1] and upsample afterwards. Interpolation flattens peaks inside the map, so the
result need not reach 1. Upsample first, scale last.
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
    cam = F.relu((weights * A).sum(dim=1, keepdim=True))
    low, high = cam.min(), cam.max()
    cam = (cam - low) / (high - low) if high > low else torch.zeros_like(cam)
    return F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0].numpy()
