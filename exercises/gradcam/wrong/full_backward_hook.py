"""Full backward hook before an in-place ReLU

`register_full_backward_hook` wraps the layer's output in a view, and an in-place ReLU behind the
layer may not change a view. Take the gradient at the output tensor itself (`output.register_hook`,
or `torch.autograd.grad`) and hand on a clone.
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = [(m, m.training) for m in model.modules()]
    kept = {}

    def hook(module, inputs, output):
        kept["A"] = output.detach().clone()

    def backward_hook(module, grad_input, grad_output):
        kept["grad"] = grad_output[0].detach()

    handle = target_layer.register_forward_hook(hook)
    backward_handle = target_layer.register_full_backward_hook(backward_hook)
    try:
        model.eval()
        x = img_tensor.detach().clone().requires_grad_()
        logits = model(x)
        torch.autograd.grad(logits[0, target_class], x)
    finally:
        handle.remove()
        backward_handle.remove()
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
