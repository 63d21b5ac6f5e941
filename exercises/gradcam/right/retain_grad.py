"""retain_grad on the layer's output; a frozen layer's output is made a leaf that requires one."""
import torch
from torch.nn.functional import interpolate, relu


class Modes:
    def __init__(self, model):
        self.modes = {id(m): m.training for m in model.modules()}
        self.model = model

    def __enter__(self):
        self.model.eval()

    def __exit__(self, *exc):
        for m in self.model.modules():
            m.training = self.modes[id(m)]


def grad_cam(model, img_tensor, target_class, target_layer):
    box = []

    def capture(_, __, output):
        output = output if output.requires_grad else output.detach().requires_grad_()
        output.retain_grad()
        box.append(output)
        return output * 1.0

    before = {name: (None if p.grad is None else p.grad.clone()) for name, p in model.named_parameters()}
    handle = target_layer.register_forward_hook(capture)
    try:
        with Modes(model), torch.enable_grad():
            model(img_tensor.detach())[0, target_class].backward()
    finally:
        handle.remove()
    for name, p in model.named_parameters():
        p.grad = before[name]

    a, g = box[0].detach(), box[0].grad
    heat = relu((g.mean(-1).mean(-1)[..., None, None] * a).sum(1, keepdim=True))
    heat = interpolate(heat, size=tuple(img_tensor.shape[2:]), mode="bilinear", align_corners=False)[0, 0]
    heat = heat - heat.min()
    top = heat.max()
    return heat / top if top > 0 else heat
