# Section 11, typed as it stands (E36 to E38): hooks on the module, no try/finally, .squeeze(), min-max, .grad filled.
import torch
import torch.nn.functional as F


def grad_cam(model, img_tensor, target_class, target_layer):
    model.eval()
    activations = {}
    gradients = {}

    def forward_hook(module, input, output):
        activations['value'] = output.detach()

    def backward_hook(module, grad_input, grad_output):
        gradients['value'] = grad_output[0].detach()

    fh = target_layer.register_forward_hook(forward_hook)
    bh = target_layer.register_full_backward_hook(backward_hook)

    output = model(img_tensor)
    model.zero_grad()
    score = output[0, target_class]
    score.backward()

    fh.remove()
    bh.remove()

    grads = gradients['value']
    acts = activations['value']
    weights = grads.mean(dim=(2, 3), keepdim=True)
    cam = (weights * acts).sum(dim=1, keepdim=True)
    cam = F.relu(cam)
    cam = F.interpolate(cam, size=img_tensor.shape[2:], mode='bilinear', align_corners=False)
    cam = cam.squeeze().numpy()
    cam = (cam - cam.min()) / (cam.max() - cam.min() + 1e-8)
    return cam
