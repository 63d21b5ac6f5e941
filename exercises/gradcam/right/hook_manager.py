"""A class that owns the hooks, used as a context manager; unfreezes for the backward pass and freezes again."""
import torch
import torch.nn.functional as F


class GradCAM:
    def __init__(self, model, layer):
        self.model = model
        self.layer = layer
        self.handles = []
        self.activation = None
        self.gradient = None

    def _save_gradient(self, grad):
        self.gradient = grad.detach()

    def _save(self, module, args, output):
        self.activation = output.detach().clone()
        self.handles.append(output.register_hook(self._save_gradient))

    def __enter__(self):
        self.state = [(m, m.training) for m in self.model.modules()]
        self.flags = [(p, p.requires_grad, p.grad) for p in self.model.parameters()]
        for p, *_ in self.flags:
            p.requires_grad_(True)
            p.grad = None
        self.model.eval()
        self.handles.append(self.layer.register_forward_hook(self._save))
        return self

    def __exit__(self, *exc):
        while self.handles:
            self.handles.pop().remove()
        for p, flag, grad in self.flags:
            p.grad = grad
            p.requires_grad_(flag)
        for m, mode in self.state:
            m.training = mode

    def __call__(self, x, c):
        self.model(x.detach())[0, c].backward()
        cam = (self.gradient.mean(dim=[2, 3], keepdim=True) * self.activation).sum(dim=1, keepdim=True)
        cam = F.interpolate(F.relu(cam), size=x.shape[2:], mode="bilinear", align_corners=False)
        cam = cam[0, 0].numpy()
        low, high = cam.min(), cam.max()
        return (cam - low) / (high - low + 1e-8)


def grad_cam(model, img_tensor, target_class, target_layer):
    with GradCAM(model, target_layer) as explain:
        return explain(img_tensor, target_class)
