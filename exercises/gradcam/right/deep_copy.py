"""Works on a copy of the model, without in-place operations and with everything trainable; nothing to tidy up."""
import copy

import numpy as np
import torch


def upsample(cam, H, W):
    """Bilinear by hand, align_corners=False."""
    h, w = cam.shape

    def axis(n_out, n_in):
        pos = np.clip((np.arange(n_out) + 0.5) * n_in / n_out - 0.5, 0, n_in - 1)
        low = np.floor(pos).astype(int)
        return low, np.minimum(low + 1, n_in - 1), pos - low

    top, bottom, ty = axis(H, h)
    left, right, tx = axis(W, w)
    ty, tx = ty[:, None], tx[None, :]
    up = cam[top][:, left] * (1 - tx) + cam[top][:, right] * tx
    down = cam[bottom][:, left] * (1 - tx) + cam[bottom][:, right] * tx
    return up * (1 - ty) + down * ty


def grad_cam(model, img_tensor, target_class, target_layer):
    name = [n for n, m in model.named_modules() if m is target_layer][0]
    net = copy.deepcopy(model).eval()
    for p in net.parameters():
        p.requires_grad = True
    for m in net.modules():
        if hasattr(m, "inplace"):
            m.inplace = False
    maps, grads = {}, {}
    layer = net.get_submodule(name)
    layer.register_forward_hook(lambda m, i, o: maps.update(value=o.detach()))
    layer.register_full_backward_hook(lambda m, gi, go: grads.update(value=go[0].detach()))
    logits = net(img_tensor.detach().clone())
    one_hot = torch.zeros_like(logits)
    one_hot[0, int(target_class)] = 1
    logits.backward(gradient=one_hot)

    A = maps["value"][0].double().numpy()
    alpha = grads["value"][0].double().numpy().mean(axis=(1, 2))
    cam = np.maximum(np.tensordot(alpha, A, axes=1), 0)
    cam = upsample(cam, *img_tensor.shape[2:])
    span = cam.max() - cam.min()
    return (cam - cam.min()) / span if span > 1e-12 else np.zeros_like(cam)
