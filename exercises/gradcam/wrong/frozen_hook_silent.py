"""The hook on the gradient never runs

If neither the image nor any parameter up to the layer requires a gradient, no graph is built for the layer's output:
the hook that should note its gradient is never called. Let the input (a copy of it) or the output require one.
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = [(m, m.training) for m in model.modules()]
    activations, gradients = {}, {}

    def hook(module, inputs, output):
        activations["value"] = output.detach().clone()
        output = output.clone()
        if output.requires_grad:
            output.register_hook(lambda grad: gradients.update(value=grad.clone()))
        return output

    handle = target_layer.register_forward_hook(hook)
    try:
        model.eval()
        before = [p.grad for p in model.parameters()]
        for p in model.parameters():
            p.grad = None
        model(img_tensor.detach())[0, target_class].backward()
        for p, grad in zip(model.parameters(), before):
            p.grad = grad
    finally:
        handle.remove()
        for m, training in modes:
            m.training = training

    A, grad = activations["value"], gradients["value"]
    weights = grad.mean(dim=(2, 3), keepdim=True)
    cam = F.relu((weights * A).sum(dim=1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    low, high = cam.min(), cam.max()
    if high == low:
        return torch.zeros_like(cam).numpy()
    return ((cam - low) / (high - low)).numpy()
