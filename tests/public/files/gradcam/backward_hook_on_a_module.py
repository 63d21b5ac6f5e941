"""A full backward hook on the layer, whose output a following in-place ReLU then writes into.

Source: WZMIAOMIAO/deep-learning-for-image-processing issue 688, "Grad_CAM problem"; jacobgil/pytorch-grad-cam pull 183.
Expect: loses
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes, kept = [(m, m.training) for m in model.modules()], {}
    old = [(p, p.grad, p.requires_grad) for p in model.parameters()]
    for p, _, _ in old:
        p.grad = None
        p.requires_grad_(True)
    model.eval()
    hooks = [target_layer.register_forward_hook(lambda m, i, o: kept.update(a=o.detach().clone())),
             target_layer.register_full_backward_hook(lambda m, gi, go: kept.update(g=go[0].detach().clone()))]
    try:
        with torch.enable_grad():
            model(img_tensor.detach())[0, target_class].backward()
    finally:
        for hook in hooks:
            hook.remove()
        for m, mode in modes:
            m.training = mode
        for p, grad, wanted in old:
            p.grad = grad
            p.requires_grad_(wanted)
    cam = F.relu((kept["g"].mean((2, 3), keepdim=True) * kept["a"]).sum(1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    cam = cam - cam.min()
    return (cam / (cam.max() + 1e-8)).numpy()
