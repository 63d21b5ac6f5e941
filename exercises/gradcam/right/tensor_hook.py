"""Forward hook that keeps a clone, tensor hook for the gradient, plain backward(); gradients put back."""
import numpy as np
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    features = []
    grads = []
    old_modes = {name: m.training for name, m in model.named_modules()}
    old_grads = [(p, p.grad) for p in model.parameters()]
    for p, _ in old_grads:
        p.grad = None

    def forward_hook(module, inp, out):
        features.append(out.detach().clone())
        out.register_hook(lambda g: grads.append(g.clone()))

    handle = target_layer.register_forward_hook(forward_hook)
    try:
        model.eval()
        x = img_tensor.clone().detach()
        x.requires_grad = True
        out = model(x)
        out[0][target_class].backward()
    finally:
        handle.remove()
        for name, m in model.named_modules():
            m.training = old_modes[name]
        for p, g in old_grads:
            p.grad = g

    fmap = features[0][0].numpy()
    weights = grads[0][0].numpy().mean(axis=(1, 2))
    cam = np.zeros(fmap.shape[1:], dtype=np.float32)
    for k in range(len(weights)):
        cam += weights[k] * fmap[k]
    cam = np.maximum(cam, 0)
    cam = torch.from_numpy(cam)[None, None]
    H, W = img_tensor.shape[-2:]
    cam = F.interpolate(cam, size=(H, W), mode="bilinear", align_corners=False)
    cam = cam.numpy()[0, 0]
    cam = (cam - cam.min()) / (cam.max() - cam.min() + 1e-8)
    return cam
