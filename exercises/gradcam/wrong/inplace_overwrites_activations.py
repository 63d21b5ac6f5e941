"""Activations overwritten by an in-place ReLU

You keep the layer's output without copying it (`detach()` shares the memory). A ReLU with
`inplace=True` behind the layer then overwrites what you kept. Keep a `clone()`.
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = [(m, m.training) for m in model.modules()]
    kept = {}

    def hook(module, inputs, output):
        kept["A"] = output.detach()
        output.register_hook(lambda g: kept.update(grad=g.detach()))

    handle = target_layer.register_forward_hook(hook)
    try:
        model.eval()
        x = img_tensor.detach().clone().requires_grad_()
        logits = model(x)
        inputs = [x]
        torch.autograd.grad(logits[0, target_class], inputs)
    finally:
        handle.remove()
        for m, training in modes:
            m.training = training

    A, grad = kept["A"], kept["grad"]
    weights = grad.mean(dim=(2, 3), keepdim=True)
    cam = F.relu((weights * A).sum(dim=1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    low, high = cam.min(), cam.max()
    if high == low:
        return torch.zeros_like(cam).numpy()
    return ((cam - low) / (high - low)).numpy()
