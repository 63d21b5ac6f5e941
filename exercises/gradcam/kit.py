"""Small networks for Grad-CAM, and what there is to see of a network after a call."""

import math

import torch
from torch import nn


class GapNet(nn.Module):
    """A convolution, global average pooling, a linear head without bias: the class map has a closed form."""

    def __init__(self, kernels, head, stride=1, bias=None):
        super().__init__()
        classes, channels = head.shape
        self.conv = nn.Conv2d(kernels.shape[1], channels, tuple(kernels.shape[2:]), stride, bias=bias is not None)
        self.fc = nn.Linear(channels, classes, bias=False)
        given = {"conv.weight": kernels, "fc.weight": head} | ({} if bias is None else {"conv.bias": bias})
        self.load_state_dict({name: value.float() for name, value in given.items()})

    def forward(self, x):
        return self.fc(self.conv(x).mean(dim=(2, 3)))


class VGGNet(nn.Module):
    """Two convolutions with ReLU and max pooling, then two fully connected layers, as in VGG."""

    def __init__(self, height, width, classes=4, inplace=False):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 5, 3, padding=1),
            nn.ReLU(inplace),
            nn.MaxPool2d(2),
            nn.Conv2d(5, 6, 3, padding=1),
            nn.ReLU(inplace),
            nn.MaxPool2d(2),
        )
        self.classifier = nn.Sequential(
            nn.Flatten(),
            nn.Linear(6 * (height // 4) * (width // 4), 16),
            nn.ReLU(inplace),
            nn.Linear(16, classes),
        )

    def forward(self, x):
        return self.classifier(self.features(x))


class Dimmed(nn.Module):
    """Lets half of the channels through in training mode, as dropout would, but always the same ones."""

    def forward(self, x):
        return x * (torch.arange(x.shape[1]) % 2) if self.training else x


class BatchNormNet(nn.Module):
    """Two convolutions with batch norm, global average pooling and a small head."""

    def __init__(self, classes=4, inplace=False):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 5, 3, padding=1), nn.BatchNorm2d(5), nn.ReLU(inplace))
        self.block = nn.Sequential(nn.Conv2d(5, 6, 3, stride=2, padding=1), nn.BatchNorm2d(6))
        self.relu = nn.ReLU(inplace)
        self.fc = nn.Sequential(Dimmed(), nn.Linear(6, 8), nn.ReLU(inplace), nn.Linear(8, classes))

    def forward(self, x):
        return self.fc(self.relu(self.block(self.stem(x))).mean(dim=(2, 3)))


def target_layer(net, name):
    """The part of the network with this name."""
    return net.get_submodule(name)


@torch.no_grad()
def centre(net, name, x):
    """Shift this layer's bias so that each of its maps has mean zero on x: class maps then have both signs."""
    layer, seen = net.get_submodule(name), []
    were = [part.training for part in net.modules()]
    hook = layer.register_forward_hook(lambda _m, _x, maps: seen.append(maps.mean(dim=(0, 2, 3))))
    net.eval()(x)
    hook.remove()
    layer.bias.sub_(seen[0])
    for part, mode in zip(net.modules(), were, strict=True):
        part.training = mode


def watch(layer):
    """Hang a hook of our own on the layer, as a logger would."""
    layer.register_forward_hook(lambda _m, _x, _y: None)


def count_hooks(net):
    """How many hooks hang on the network's parts."""
    return sum(
        len(part._forward_hooks)
        + len(part._forward_pre_hooks)
        + len(part._backward_hooks)
        + len(part._backward_pre_hooks)
        for part in net.modules()
    )


def batch_norm_to_eval(net):
    """Put only the batch norm layers into eval mode, as one does when fine-tuning."""
    for part in net.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.eval()


def part_to_training(net, name):
    """Put this part alone, and what is in it, into training mode."""
    net.get_submodule(name).train()


def inplace(net):
    """Which activations overwrite their input, by name."""
    return {name: part.inplace for name, part in net.named_modules() if hasattr(part, "inplace")}


def modes(net):
    """The mode of the network and of each of its parts."""
    return {
        f"{name or 'model'} ({type(part).__name__})": "train" if part.training else "eval"
        for name, part in net.named_modules()
    }


def freeze(net, prefix=""):
    """Switch off the gradients of all parameters whose names start with the prefix."""
    for name, parameter in net.named_parameters():
        if name.startswith(prefix):
            parameter.requires_grad_(False)


def trainable(net):
    """Which parameters require a gradient, by name."""
    return {name: p.requires_grad for name, p in net.named_parameters()}


def give_gradients(net, prefix=""):
    """Fill the gradients of these parameters with numbers, as a backward pass in training would."""
    for name, parameter in net.named_parameters():
        if name.startswith(prefix):
            parameter.grad = parameter.detach() * 3 + 1


def gradients(net):
    """Each parameter's gradient, None where there is none."""
    return {name: p.grad for name, p in net.named_parameters()}


def leaf(x, filled):
    """The image as one that asks for a gradient itself, and has one already if it is to be filled."""
    x = x.clone().requires_grad_()
    x.grad = 2 * x.detach() + 1 if filled else None
    return x


def state_of(x):
    """Whether the image asks for a gradient, and the one it has."""
    return {"requires_grad": x.requires_grad, "grad": x.grad}


class DeepNet(nn.Module):
    """Six convolutions of 64 maps at full size, global average pooling, a linear head."""

    def __init__(self, classes=4, width=64, depth=6):
        super().__init__()
        layers = []
        for channels in [3] + [width] * (depth - 1):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        return self.fc(self.features(x).mean(dim=(2, 3)))


def ready(seed):
    """A DeepNet with weights that everybody's has."""
    torch.default_generator.manual_seed(seed)
    net = DeepNet()
    for part in net.modules():
        if isinstance(part, nn.Conv2d):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
    return net


def heat_map(net, grad_cam, x):
    """Grad-CAM of the last convolution."""
    return grad_cam(net, x, 1, net.features[-2])


FAINT = 2.0**-11  # about 5e-4: 1e-8 in the denominator makes no difference yet


@torch.no_grad()
def make_clear(net, x, target, strength):
    """Scale the head so that this class's map has a contrast from FAINT / 2 to FAINT, if it is to be faint.

    A positive map that is almost the same everywhere becomes negative, so that ReLU empties it: upsampling would round
    it, and scaling would show nothing but that.
    """
    cam = (net.fc.weight[target, :, None, None] * net.conv(x)[0]).sum(dim=0).relu()
    cam /= cam.numel()  # the gradient of a mean
    contrast = float(cam.max() - cam.min())
    if contrast < float(cam.max()) / 64:
        net.fc.weight.mul_(-1)
    elif contrast and strength == "faint":
        net.fc.weight.mul_(2.0 ** math.floor(math.log2(FAINT / contrast)))


def seen(grad_cam, kernels, head, stride, x, target, strength, mode, frozen, filled, image, call):
    """The map of a GapNet, and what is left afterwards: modes, gradients, hooks, and the image with its gradient."""
    net = GapNet(kernels, head, stride).to(x.dtype).train(mode == "training")
    make_clear(net, x, target, strength)
    if frozen != "nothing":
        freeze(net, "" if frozen == "all" else "conv")
    if filled == "filled":
        give_gradients(net)
    x = x if image == "plain" else leaf(x, image == "has a gradient")
    given = {"model": net, "img_tensor": x, "target_class": target, "target_layer": net.conv}
    for _ in range(2 if call == "again" else 1):
        found = grad_cam(**given) if call == "keywords" else grad_cam(*given.values())
    return {
        "map": found,
        "modes": modes(net),
        "trainable": trainable(net),
        "gradients": gradients(net),
        "hooks": count_hooks(net),
        "image": x.detach(),
        "image's gradient": state_of(x),
    }
