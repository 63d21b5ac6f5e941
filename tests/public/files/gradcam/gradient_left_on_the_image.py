"""Where the image itself asks for a gradient, `backward` leaves one on it.

Source: public Grad-CAM scripts that call `img.requires_grad_()` and `score.backward()`, and look at the map only.
Expect: loses
"""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    modes = [(m, m.training) for m in model.modules()]
    kept, old = {}, [(p, p.grad) for p in model.parameters()]
    for p, _ in old:
        p.grad = None
    model.eval()

    def forward_hook(module, inputs, output):
        kept["a"] = output.detach().clone()
        output.register_hook(lambda g: kept.update(g=g.detach().clone()))
        return output.clone()

    handle = target_layer.register_forward_hook(forward_hook)
    try:
        with torch.enable_grad():
            x = img_tensor if img_tensor.requires_grad else img_tensor.detach().clone().requires_grad_(True)
            model(x)[0, target_class].backward()
    finally:
        handle.remove()
        for m, mode in modes:
            m.training = mode
        for p, grad in old:
            p.grad = grad
    cam = F.relu((kept["g"].mean((2, 3), keepdim=True) * kept["a"]).sum(1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    cam = cam - cam.min()
    return (cam / (cam.max() + 1e-8)).detach().cpu().numpy()
