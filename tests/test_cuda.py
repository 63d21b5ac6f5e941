"""What only a GPU can show: references and right files that promise "any device", and timing as torch's events see it.

Skipped where there is none. What of the way there can be tried without one is in `tests/timing/test_gpu_*.py`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import torch

from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.model import CheckResult, Verdict
from grader.report.message import message
from grader.submission.load import load
from grader.timing.presence import gpus

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


# ---------------------------------------------------------------- timing

LAYERS = load_exercise("fast_conv").folder
IDLE = """

_inner = conv2d

def conv2d(x, weight, bias=None, stride=1, padding=0):
    return x.new_zeros(len(x), len(weight), x.shape[2] + 2 * padding - 2, x.shape[3] + 2 * padding - 2)
"""
BESIDE = """

_inner, _stream = conv2d, torch.cuda.Stream()

def conv2d(x, weight, bias=None, stride=1, padding=0):
    with torch.cuda.stream(_stream):
        for _ in range(50):
            _inner(x, weight, bias, stride, padding)
    return _inner(x, weight, bias, stride, padding)
"""
HOG = """

_inner = conv2d

def conv2d(x, weight, bias=None, stride=1, padding=0):
    waste = torch.zeros(64 * x.numel(), device=x.device)
    y = _inner(x, weight, bias, stride, padding) + waste[0]
    del waste
    torch.cuda.empty_cache()
    return y
"""


def on_gpu(path: Path, slug: str) -> dict[str, CheckResult]:
    """The checks that were made on the GPU, by name."""
    exercise = load_exercise(slug)
    result = grade(load(path), exercise, seed=1)
    pairs = zip(exercise.checks, result.checks, strict=True)
    return {found.name: found for check, found in pairs if check.device == "cuda"}


def by_events(path: Path) -> float:
    """Milliseconds of the same ten layers, by torch's own clock."""
    torch.backends.cudnn.allow_tf32 = False
    kit, conv2d = imported(LAYERS / "kit.py"), imported(path).conv2d
    filters = [torch.randn(*shape, 3, 3, device="cuda") / 24 for shape in ((128, 8), (128, 128), (8, 128))]
    taken = []
    for _ in range(12):
        x = torch.randn(16, 8, 32, 32, device="cuda")
        started, ended = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        started.record()
        kit.network(conv2d, x, *filters)
        ended.record()
        torch.cuda.synchronize()
        taken.append(started.elapsed_time(ended))
    return sorted(taken[2:])[5]


def test_ways_to_convolve_are_ranked_as_by_torchs_events():
    paths = [*FAST, LAYERS / "slow" / "per_pixel_loop.py"]
    events = {path.stem: by_events(path) for path in paths}
    ratios = {}
    for path in paths:
        found = on_gpu(path, "fast_conv")["speed_on_gpu"]
        ratios[path.stem] = (found.measurement.ratio if found.measurement else None) or float("inf")
    for a in ratios:
        for b in ratios:
            assert events[a] < 1.5 * events[b] or ratios[a] > ratios[b], (a, b, events, ratios)


@pytest.mark.parametrize("slug", ["fast_conv", "resnet", "gradcam"])
def test_references_win_the_bonus(slug):
    found = on_gpu(ROOT / "solutions" / f"{slug}.py", slug)
    assert {c.verdict for c in found.values()} == {Verdict.ACCEPTED}, [message(c) for c in found.values()]


@pytest.mark.parametrize(
    ("more", "name", "verdicts"),
    [
        (IDLE, "speed_on_gpu", {Verdict.WRONG_ANSWER}),
        (BESIDE, "speed_on_gpu", {Verdict.TIME_LIMIT}),
        (HOG, "memory_on_gpu", {Verdict.MEMORY_LIMIT}),
    ],
    ids=["nothing computed", "work on another stream", "memory given back before anyone looks"],
)
def test_cheats_win_nothing(more, name, verdicts, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("import torch\n" + FAST[0].read_text() + more)
    found = on_gpu(path, "fast_conv")[name]
    assert found.verdict in verdicts, message(found)
    assert found.bonus == 0


def test_the_doctor_knows_the_model():
    assert gpus()
