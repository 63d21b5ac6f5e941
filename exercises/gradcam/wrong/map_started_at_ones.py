"""Sum started at ones

Your sum starts at a map of ones instead of zeros. That lifts every pixel by one before ReLU, so that evidence
against the class survives where it is weaker than 1.
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
    cam = torch.ones(A.shape[2:])
    for k in range(A.shape[1]):
        cam = cam + weights[0, k] * A[0, k]
    cam = F.relu(cam)[None, None]
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    low, high = cam.min(), cam.max()
    if high == low:
        return torch.zeros_like(cam).numpy()
    return ((cam - low) / (high - low)).numpy()
