"""Model left in eval mode

You call `model.eval()` and leave it at that: whoever goes on training now trains in eval mode. Note
each part's mode before the call and put it back.
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
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

    A = kept["A"].detach()
    weights = grad.mean(dim=(2, 3), keepdim=True)
    cam = F.relu((weights * A).sum(dim=1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    low, high = cam.min(), cam.max()
    if high == low:
        return torch.zeros_like(cam).numpy()
    return ((cam - low) / (high - low)).numpy()
