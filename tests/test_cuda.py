"""The references and right files that promise "any device", on a GPU. Skipped where there is none."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.cuda, pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")]
FAST = [ROOT / "solutions/fast_conv.py", *sorted((ROOT / "exercises/fast_conv/right").glob("*.py"))]
CASES = [((2, 3, 9, 12), (4, 3, 3, 2), 1, 0), ((1, 2, 8, 8), (3, 2, 3, 3), 2, 1), ((3, 1, 7, 11), (2, 1, 5, 3), 3, 2)]


def imported(path: Path):
    spec = importlib.util.spec_from_file_location(f"cuda_{path.parent.name}_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def values_and_gradients(function, tensors, **options):
    """Output and the gradients of all inputs, for a fixed gradient of the output, on the CPU."""
    leaves = [t.clone().requires_grad_() for t in tensors]
    y = function(*leaves, **options)
    y.backward(torch.linspace(-1, 1, y.numel(), dtype=y.dtype, device=y.device).reshape(y.shape))
    return [y.detach().cpu(), *(leaf.grad.cpu() for leaf in leaves)]


@pytest.mark.parametrize("path", FAST, ids=lambda p: p.stem)
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize(("x_shape", "w_shape", "stride", "padding"), CASES)
def test_fast_conv_on_the_gpu_is_torchs_own_on_the_cpu(path, dtype, x_shape, w_shape, stride, padding):
    torch.manual_seed(1)
    tensors = [torch.randn(s, dtype=torch.float64) for s in (x_shape, w_shape, w_shape[:1])]
    options = {"stride": stride, "padding": padding}
    expected = values_and_gradients(torch.nn.functional.conv2d, tensors, **options)
    found = values_and_gradients(imported(path).conv2d, [t.to("cuda", dtype) for t in tensors], **options)
    tolerance = 1e-10 if dtype is torch.float64 else 1e-4
    for e, f in zip(expected, found, strict=True):
        assert f.dtype is dtype
        torch.testing.assert_close(f.double(), e, rtol=tolerance, atol=tolerance * float(e.abs().max()))


@pytest.mark.parametrize(
    ("slug", "name", "arguments", "shape"),
    [
        ("resnet", "BasicBlock", (4, 8, 2), (2, 4, 8, 8)),
        ("resnet", "Bottleneck", (8, 4, 2), (2, 8, 8, 8)),
        ("resnet", "PreActBlock", (4, 8, 2), (2, 4, 8, 8)),
        ("inception", "Inception", (6, 2, 3, 4, 2, 3, 2), (2, 6, 7, 9)),
        ("convnext", "ConvNeXtBlock", (6,), (2, 6, 9, 8)),
        ("mobilenet", "InvertedResidual", (6, 6, 1, 4), (2, 6, 8, 8)),
        ("mnist_cnn", "MNISTConvNet", (), (2, 1, 28, 28)),
    ],
)
def test_modules_give_the_same_on_both_devices(slug, name, arguments, shape):
    torch.manual_seed(1)
    module = getattr(imported(ROOT / "solutions" / f"{slug}.py"), name)(*arguments).double().eval()
    x = torch.randn(shape, dtype=torch.float64)
    expected = values_and_gradients(module, [x])
    found = values_and_gradients(module.to("cuda"), [x.to("cuda")])
    for e, f in zip(expected, found, strict=True):
        torch.testing.assert_close(f, e, rtol=1e-8, atol=1e-8 * float(e.abs().max()))


def test_grad_cam_brings_its_map_back_to_the_cpu():
    torch.manual_seed(1)
    net = torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Linear(4, 3),
    )
    image = torch.randn(1, 3, 12, 10)
    grad_cam = imported(ROOT / "solutions" / "gradcam.py").grad_cam
    on_cpu = torch.as_tensor(grad_cam(net, image, 1, net[0]))
    on_gpu = torch.as_tensor(grad_cam(net.to("cuda"), image.to("cuda"), 1, net[0])).cpu()
    torch.testing.assert_close(on_gpu, on_cpu, rtol=1e-3, atol=1e-4)
