"""Negative gradients are set to zero before they are averaged; the map is not.

Source: salesforce/LAVIS pull request 809, "Fix GradCAM ReLU placement per original paper".
Expect: loses
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    kept = {}

    def cut(module, inputs, output):
        kept["maps"] = output.detach().clone().requires_grad_(True)
        return kept["maps"].clone()

    handle = target_layer.register_forward_hook(cut)
    try:
        with torch.enable_grad():
            score = model(img_tensor)[0, target_class]
            grads, = torch.autograd.grad(score, kept["maps"])
    finally:
        handle.remove()
        for m, mode in modes.items():
            m.training = mode
    maps = kept["maps"].detach()
    weights = grads.clamp(min=0).mean((2, 3), keepdim=True)
    cam = (weights * maps).sum(1, keepdim=True)
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    cam = cam - cam.min()
    return (cam / (cam.max() + 1e-8)).cpu().numpy()
