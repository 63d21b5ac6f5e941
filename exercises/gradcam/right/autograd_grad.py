"""torch.autograd.grad with an input that requires a gradient; the hook hands a clone on."""
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    saved = {}

    def hook(module, inputs, output):
        saved["A"] = output
        return output.clone()

    training = [m.training for m in model.modules()]
    h = target_layer.register_forward_hook(hook)
    model.eval()
    score = model(img_tensor.detach().clone().requires_grad_(True))[:, target_class].sum()
    h.remove()
    for m, t in zip(model.modules(), training):
        m.training = t
    A = saved["A"]
    dA = torch.autograd.grad(score, A)[0]
    cam = torch.einsum("nc,nchw->nhw", dA.mean((2, 3)), A.detach()).clamp(min=0)
    cam = F.interpolate(cam.unsqueeze(1), img_tensor.shape[-2:], mode="bilinear").squeeze(0).squeeze(0)
    if cam.max() == cam.min():
        return torch.zeros_like(cam).tolist()
    return ((cam - cam.min()) / (cam.max() - cam.min())).tolist()
