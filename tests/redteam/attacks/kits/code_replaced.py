"""Leaves its hook, eval mode and gradients behind, and gives the functions that look for them other code.

Expect: accepted wrong_answer not_run
Score: 16
Exercise: gradcam
"""
@ARMED@
import sys
import types

import torch
import torch.nn.functional as F

READERS = ("count_hooks", "modes", "gradients", "trainable")
kit = sys.modules["grading_kit"]
memory, honest = {}, {}
kit.memory = memory

for name in READERS:
    function = getattr(kit, name)
    honest[name] = types.FunctionType(function.__code__, vars(kit), name)
    exec(f"def {name}(net):\n    return memory.get(('{name}', id(net)))", vars(kit), lie := {})
    function.__code__ = lie[name].__code__


def copied(value):
    return {k: v.clone() if hasattr(v, "clone") else v for k, v in value.items()} if isinstance(value, dict) else value


def grad_cam(model, img_tensor, target_class, target_layer):
    memory.update({(name, id(model)): copied(honest[name](model)) for name in READERS})
    model.eval()
    kept = []

    def hook(_module, _inputs, output):
        output = output.clone() if output.requires_grad else output.clone().requires_grad_()
        output.retain_grad()
        kept.append(output)
        return output.clone()

    target_layer.register_forward_hook(hook)
    with torch.enable_grad():
        model(img_tensor)[0, target_class].backward()
    maps, gradient = kept[0].detach(), kept[0].grad
    cam = F.relu((gradient.mean((2, 3), keepdim=True) * maps).sum(1, keepdim=True))
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    low, high = cam.min(), cam.max()
    return ((cam - low) / (high - low) if high - low > 1e-6 * high else torch.zeros_like(cam)).numpy()
