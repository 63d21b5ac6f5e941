"""The reference of `gradcam` against its closed form, against central differences, and on awkward models."""

import numpy as np
import pytest
import torch
from torch import nn

from solutions.gradcam import grad_cam

CASES = 1000


def bilinear(cam, height, width):
    """Upsampling with align_corners=False as two small matrices."""
    return interpolation(height, cam.shape[0]) @ cam @ interpolation(width, cam.shape[1]).T


def interpolation(n_out, n_in):
    """(n_out, n_in): row i holds the weights of output pixel i."""
    position = np.clip((np.arange(n_out) + 0.5) * n_in / n_out - 0.5, 0, n_in - 1)
    return np.maximum(0, 1 - np.abs(position[:, None] - np.arange(n_in)))


def heat_map(maps, gradient, height, width):
    """The formula in NumPy: maps and gradient (K, h, w) → (H, W)."""
    cam = np.maximum(np.tensordot(gradient.mean(axis=(1, 2)), maps, axes=1), 0)
    cam = bilinear(cam, height, width)
    span = cam.max() - cam.min()
    return (cam - cam.min()) / span if span > 1e-6 * cam.max() else np.zeros_like(cam)


class Net(nn.Module):
    """A convolution without padding, and whatever head."""

    def __init__(self, layer, head):
        super().__init__()
        self.layer, self.head = layer, head

    def forward(self, x):
        """x (1, C, H, W) → logits (1, classes)."""
        return self.head(self.layer(x))


def random_net(rng, head):
    """A double-precision Net with a drawn kernel size and stride; image (1, 2, H, W)."""
    size, stride = rng.integers(1, 4, size=2).tolist()
    torch.manual_seed(int(rng.integers(1 << 30)))
    image = torch.from_numpy(rng.normal(size=(1, 2, *rng.integers(3, 9, size=2).tolist())))
    return Net(nn.Conv2d(2, 3, size, stride, dtype=torch.float64), head), image


@pytest.mark.slow
def test_closed_form():
    """1,000 random nets with pooling and a linear head: alpha is the head's weight over the map's size."""
    rng = np.random.default_rng(1)
    head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 4, dtype=torch.float64))
    for _ in range(CASES):
        net, x = random_net(rng, head)
        target = int(rng.integers(4))
        maps = net.layer(x)[0].detach().numpy()
        weight = head[2].weight[target].detach().numpy()[:, None, None] / maps[0].size
        expected = heat_map(maps, np.broadcast_to(weight, maps.shape), *x.shape[2:])
        np.testing.assert_allclose(grad_cam(net, x, target, net.layer), expected, atol=1e-9)


def differences(head, maps, target, step=1e-5):
    """Central differences of a logit with respect to maps (1, K, h, w), all positions in one batch."""
    shifts = step * torch.eye(maps.numel(), dtype=maps.dtype).reshape(-1, *maps.shape[1:])
    with torch.no_grad():
        slope = (head(maps + shifts) - head(maps - shifts))[:, target] / (2 * step)
    return slope.reshape(maps.shape[1:]).numpy()


def test_against_central_differences():
    """200 random nets whose gradient differs from position to position."""
    rng = np.random.default_rng(2)
    for _ in range(200):
        net, x = random_net(rng, nn.Identity())
        maps = net.layer(x).detach()
        net.head = nn.Sequential(nn.Flatten(), nn.Linear(maps.numel(), 5), nn.Tanh(), nn.Linear(5, 3)).double()
        expected = heat_map(maps[0].numpy(), differences(net.head, maps, 1), *x.shape[2:])
        np.testing.assert_allclose(grad_cam(net, x, 1, net.layer), expected, atol=1e-5)


@pytest.mark.parametrize("frozen", [False, True])
def test_inplace_relu_changes_nothing(frozen):
    """With and without in-place ReLU behind the layer, frozen or not: the same map."""
    torch.manual_seed(3)
    x, layer = torch.randn(1, 3, 8, 10), nn.Conv2d(3, 4, 3)
    layer.requires_grad_(not frozen)
    linear = nn.Linear(4 * 6 * 8, 3).requires_grad_(not frozen)
    maps = [
        grad_cam(nn.Sequential(layer, nn.ReLU(inplace), nn.Flatten(), linear), x, 2, layer) for inplace in (False, True)
    ]
    assert maps[0].max() == 1
    np.testing.assert_array_equal(*maps)


def test_model_left_as_found():
    """Hooks, modes, gradients and flags after the call, also after a failed one."""
    torch.manual_seed(4)
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(2 * 9, 3))
    net[1].eval()
    net[0].weight.grad = torch.ones_like(net[0].weight)
    for image, fails in [(torch.randn(1, 1, 5, 5), False), (torch.randn(1, 1, 9, 9), True)]:
        try:
            grad_cam(net, image, 0, net[0])
        except RuntimeError:
            assert fails
        assert not any(part._forward_hooks for part in net.modules())
        assert [part.training for part in net.modules()] == [True, True, False, True, True]
        assert net[0].weight.grad.eq(1).all()
        assert net[3].weight.grad is None


def test_example_of_the_statement():
    """The first row of the upsampled map."""
    maps = np.array([[[4.0, 0], [1, 2]], [[0, 3], [1, 1]]])
    gradient = np.broadcast_to(np.array([0.25, -0.25])[:, None, None], maps.shape)
    np.testing.assert_allclose(heat_map(maps, gradient, 4, 4)[0], [1, 0.75, 0.25, 0])


def test_constant_map_and_no_grad():
    """No contrast gives zeros; a surrounding no_grad does not matter."""
    net = Net(nn.Conv2d(1, 1, 1), nn.Flatten())
    with torch.no_grad():
        net.layer.weight.zero_()
        assert not grad_cam(net, torch.randn(1, 1, 4, 6), 5, net.layer).any()
