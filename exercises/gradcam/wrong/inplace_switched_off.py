"""Activations no longer work in place

You set `inplace = False` and leave it at that: the caller's model is another one now, which needs more memory. Keep a copy of
the maps in the hook, then in-place activations do no harm; or put each `inplace` back.

"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    kept = {}

    def hook(module, inputs, output):
        kept["A"] = output
        return output.clone()

    handle = target_layer.register_forward_hook(hook)
    modes = [(m, m.training) for m in model.modules()]
    try:
        model.eval()
        for m in model.modules():
            if hasattr(m, "inplace"):
                m.inplace = False
        logits = model(img_tensor.detach().clone().requires_grad_())
        (grad,) = torch.autograd.grad(logits[0, target_class], kept["A"])
    finally:
        handle.remove()
        for m, mode in modes:
            m.training = mode

    A = kept["A"].detach()
    weights = grad.mean(dim=(2, 3), keepdim=True)
    cam = F.relu((weights * A).sum(dim=1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    low, high = cam.min(), cam.max()
    if high == low:
        return torch.zeros_like(cam).numpy()
    return ((cam - low) / (high - low)).numpy()
