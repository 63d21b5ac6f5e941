"""Image converted to float32

You convert the image with `.float()`. A model in float64 refuses it. Take it as it comes.
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
        logits = model(img_tensor.detach().float().requires_grad_())
        (grad,) = torch.autograd.grad(logits[0, target_class], kept["A"])
    finally:
        handle.remove()
        for m, training in modes:
            m.training = training

    A = kept["A"].detach()
    weights = grad.mean(dim=(2, 3), keepdim=True)
    cam = F.relu((weights * A).sum(dim=1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    low, high = cam.min(), cam.max()
    if high == low:
        return torch.zeros_like(cam).numpy()
    return ((cam - low) / (high - low)).numpy()
