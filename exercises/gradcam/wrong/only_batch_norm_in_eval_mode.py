"""Only batch norm in eval mode

You put the batch norm layers into eval mode and leave the rest as it is. Dropout, or any other part that works
differently in training, then changes the map. Call `model.eval()`.
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = [(m, m.training) for m in model.modules()]
    kept = {}

    def hook(module, inputs, output):
        kept["A"] = output
        return output.clone()

    for m in model.modules():
        if isinstance(m, torch.nn.BatchNorm2d):
            m.eval()
    handle = target_layer.register_forward_hook(hook)
    try:
        logits = model(img_tensor.detach().clone().requires_grad_())
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
