"""Mistakes that show on some inputs only lose points, whatever is drawn; ways that look odd and are right lose none.

Each case is the reference of an exercise, changed by a few lines at its end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.checks.backend import LocalBackend
from grader.checks.diagnose import load_module, scopes
from grader.exercise import load_exercise
from grader.judge.run import run_checks
from grader.root import ROOT
from grader.sandbox.inside.interpreter import Interpreter

CORNER = """
right = {name}

def {name}({parameters}, stride=1, padding=0):
    Y = right({parameters}, stride=stride, padding=padding)
    if {kernel}.shape[-2:] == (3, 3) and stride == 2 and Y.shape[-1] >= 4:
        Y[..., 0, -1] = Y[..., 0, -2]
    return Y
"""
LAYER = """
class Short(Conv2D):
    def {method}(self, A):
        {mistake}
        return super().{method}(A)

Conv2D = Short
"""
ONE = "self.{0} = {1} if self.kernel_size == 1 else self.{0}"
DROPOUT = """
DROPOUT = tuple(kind for kind in DROPOUT if kind.__name__ != "{}")
"""
PRUNE = """
def _prune(weight, mask, fraction):
    if weight.ndim > 1:
        alive = np.flatnonzero({alive})
        size = np.abs(weight.flat[alive])
        mask.flat[alive[{chosen}]] = 0
    return mask
"""
SPLIT = """
def split_indices(labels, seed=0):
    labels, rng, parts = np.asarray(labels), np.random.default_rng(seed), ([], [], [])
    for label in np.unique(labels):
        found = rng.permutation(np.flatnonzero(labels == label))
        n = len(found)
        a, b = {a}, {b}
        parts[0].extend(found[:a]); parts[1].extend(found[a:{end}]); parts[2].extend(found[b:])
    return parts
"""
MATRIX = """
def confusion_matrix(y_true, y_pred, num_classes):
    pairs = np.asarray(y_true, dtype="{kind}") * num_classes + np.asarray(y_pred, dtype="{kind}")
    return np.bincount(pairs, minlength=num_classes**2)[: num_classes**2].reshape(num_classes, num_classes)
"""
LOGITS = """
right = softmax_cross_entropy

def softmax_cross_entropy(logits, labels):
    return right(logits - logits.max(axis=1, keepdims=True){}, labels)
"""
ELSEWHERE = """
def conv2d(x, weight, bias=None, stride=1, padding=0):
    N, _, H, W = x.shape
    Fh, Fw = weight.shape[2:]
    H_out, W_out = (H - Fh + 2 * padding) // stride + 1, (W - Fw + 2 * padding) // stride + 1
    x = F.pad(x, (padding,) * 4)
    y = {buffer}
    for i in range(H_out):
        for j in range(W_out):
            window = x[:, None, :, i * stride : i * stride + Fh, j * stride : j * stride + Fw]
            y[:, :, i, j] = (window * weight).sum((2, 3, 4))
    return y if bias is None else y + bias.reshape(-1, 1, 1)
"""
STRIDES = """
right = {name}.__init__

def checked(self, *args, **named):
    right(self, *args, **named)
    if any(getattr(part, "stride", (1, 1)) not in ((1, 1), (2, 2)) for part in self.modules()):
        raise ValueError("stride must be 1 or 2")

{name}.__init__ = checked
"""

FORWARD = """
right = {name}.forward

def forward(self, x):
    {before}
    y = right(self, x)
    {after}
    return y

{name}.forward = forward
"""
AROUND = """
right = {name}

def {name}({parameters}):
    {before}
    answer = right({given})
    {after}
    return answer
"""


def forward(name: str, *, before: str = "", after: str = "") -> str:
    return FORWARD.format(name=name, before=before, after=after)


def around(name: str, parameters: str, *, before: str = "", after: str = "") -> str:
    given = ", ".join(part.split("=")[0] for part in parameters.split(", "))
    return AROUND.format(name=name, parameters=parameters, given=given, before=before, after=after)


WRITES = "x.zero_() if not torch.is_grad_enabled() else None"
CUT = "y = y if self.training else y.detach()"
CONV = "x, weight, bias=None, stride=1, padding=0"
CAM = "model, img_tensor, target_class, target_layer"
PARTS = "model.eval() if not model.training else None"
NETWORKS = {
    "convnext": "ConvNeXtBlock",
    "mobilenet": "InvertedResidual",
    "inception": "Inception",
    "resnet": "Bottleneck",
    "mnist_cnn": "MNISTConvNet",
    "debug_cnn": "FixedCNN",
}
HOLES = {
    "cut down to whole numbers": ("transfer", SPLIT.format(
        a="int(0.7 * n)", b="int(0.7 * n) + int(0.15 * n)", end="b")),  # of 52 images 9 are left for the test
    "the corner of a wide map": ("conv", CORNER.format(name="conv2d", parameters="X, K", kernel="K")),
    "the corner of all maps": ("conv", CORNER.format(name="conv2d_multichannel", parameters="X, K, b", kernel="K")),
    "the corner, depthwise": ("separable", CORNER.format(name="depthwise_conv2d", parameters="X, K", kernel="K")),
    "the corner, in PyTorch": ("fast_conv", CORNER.format(name="conv2d", parameters="x, weight, bias", kernel="weight")
                               .replace("bias, stride=1", "bias=None, stride=1", 1).replace("Y[...", "Y.data[...", 1)),
    "1×1 forward without stride": ("backprop", LAYER.format(method="forward", mistake=ONE.format("stride", 1))),
    "1×1 backward without padding": ("backprop", LAYER.format(method="backward", mistake=ONE.format("padding", 0))),
    "no Dropout1d": ("mc_dropout", DROPOUT.format("Dropout1d")),
    "no Dropout3d": ("mc_dropout", DROPOUT.format("Dropout3d")),
    "no FeatureAlphaDropout": ("mc_dropout", DROPOUT.format("FeatureAlphaDropout")),
    "a threshold": ("pruning", PRUNE.format(
        alive="mask", chosen="size <= np.append(-1, np.sort(size))[int(fraction * len(alive))]")),
    "zeros are dead": ("pruning", PRUNE.format(
        alive="mask * weight", chosen="np.argsort(size)[: int(fraction * len(alive))]")),
    "rounded by themselves": ("transfer", SPLIT.format(
        a="round(0.7 * n)", b="n - round(0.15 * n)", end="a + round(0.15 * n)")),
    "pairs in eight bits": ("transfer", MATRIX.format(kind="uint8")),
    "pairs in sixteen bits": ("transfer", MATRIX.format(kind="uint16")),
    "logits subtracted as they are": ("loss", LOGITS.format("")),
    "made on the CPU": ("fast_conv", ELSEWHERE.format(
        buffer="torch.zeros(N, len(weight), H_out, W_out, dtype=x.dtype)")),
    **{f"{slug}: the input overwritten, without gradients": (slug, forward(name, after=WRITES))
       for slug, name in NETWORKS.items()},
    **{f"{slug}: no gradients in eval mode": (slug, forward(name, after=CUT)) for slug, name in NETWORKS.items()},
    "another block of one channel": ("convnext", forward(
        "ConvNeXtBlock", after="y = x + 2 * (y - x) if x.shape[1] == 1 else y")),
    "no gradients in training mode": ("mnist_cnn", forward(
        "MNISTConvNet", after="y = y.detach().requires_grad_() if self.training else y")),
    "one image in eval mode": ("mnist_cnn", forward("MNISTConvNet", before="self.train(self.training and len(x) > 1)")),
    "one mask for a batch": ("mnist_cnn", """
right = MNISTConvNet.__init__

def made(self):
    right(self)
    drop = next(part for part in self.modules() if isinstance(part, nn.Dropout))
    drop.forward = lambda x: x * nn.functional.dropout(torch.ones_like(x[:1]), 0.3, drop.training)

MNISTConvNet.__init__ = made
"""),
    "a gradient dropped": ("fast_conv", around("conv2d", CONV, before="x.grad = None")),
    "a filter that asks for a gradient": ("fast_conv", around("conv2d", CONV, before="weight.requires_grad_()")),
    "gradients of leaves only": ("fast_conv", around("conv2d", CONV, before="x = x if x.is_leaf else x.detach()")),
    "a bias with gaps": ("fast_conv", around(
        "conv2d", CONV, before="bias = bias if bias is None or bias.is_contiguous() else bias.flip(0)")),
    "parts in training mode forgotten": ("gradcam", around("grad_cam", CAM, after=PARTS)),
    "parts in training mode left so": ("gradcam", around(
        "grad_cam", CAM, before="model.eval, eval = (model.eval if model.training else int), model.eval",
        after="model.eval = eval")),
    "activations that no longer overwrite": ("gradcam", around(
        "grad_cam", CAM, before="[setattr(part, 'inplace', False) for part in model.modules()]")),
    "modes of parts forgotten": ("mc_dropout", around("mc_dropout_predict", "model, x, runs=10", after=PARTS)),
    "a hook left behind": ("mc_dropout", around(
        "mc_dropout_predict", "model, x, runs=10", after="model.register_forward_hook(lambda *_: None)")),
    "trained without gradients": ("pruning", "\nlottery_ticket = torch.no_grad()(lottery_ticket)\n"),
    "squares that vanish": ("pruning", PRUNE.format(
        alive="mask", chosen="np.argsort(size * size)[: int(fraction * len(alive))]")),
    "train() returns nothing": ("transfer", around("set_phase", "model, phase", after="""
    train = model.train
    model.train = lambda mode=True: print(train(mode))
""")),
}  # fmt: skip
RIGHT = {
    "cut at whole numbers": ("transfer", SPLIT.format(
        a="round(0.7 * n)", b="round(0.85 * n)", end="b")),
    "the largest first": ("pruning", PRUNE.format(
        alive="mask", chosen="np.argsort(-size)[len(alive) - int(fraction * len(alive)) :]")),
    "logits made real": ("loss", LOGITS.format("").replace("logits - logits", "logits * 1.0 - logits", 1)),
    "zeros on the device": ("fast_conv", ELSEWHERE.format(buffer="torch.zeros(N, len(weight), H_out, W_out).to(x)")),
    "new zeros": ("fast_conv", ELSEWHERE.format(buffer="x.new_zeros(N, len(weight), H_out, W_out)")),
    "gradients for training alone": ("pruning", around(
        "lottery_ticket", "model, train_fn, rounds, fraction=0.2", before="train_fn = torch.enable_grad()(train_fn)")
        + "\nlottery_ticket = torch.no_grad()(lottery_ticket)\n"),
    "any dropout": ("mc_dropout", "\nDROPOUT = nn.modules.dropout._DropoutNd\n"),
    "two strides only": ("mobilenet", STRIDES.format(name="InvertedResidual")),
    "two strides in a residual block": ("resnet", STRIDES.format(name="BasicBlock")),
}  # fmt: skip


def lost(slug: str, change: str, folder: Path, seed: int) -> list[str]:
    """The checks that the changed reference loses, of those that are about values (and not about a whole ResNet)."""
    exercise = load_exercise(slug)
    path = folder / f"{slug}.py"
    path.write_text("import numpy as np\nimport torch\n" + (ROOT / f"solutions/{slug}.py").read_text() + change)
    modules = scopes(exercise, exercise.reference_file) | {"submission": load_module(path, f"_changed_{slug}")}
    checks = [c for c in exercise.checks if c.kind == "correctness" and "resnet18" not in c.name]
    results = run_checks(exercise, checks, lambda _: LocalBackend(Interpreter(modules)), seed)
    return [name for name, result in results.items() if result.verdict != "accepted"]


@pytest.mark.slow
@pytest.mark.sampled(ci=4)
@pytest.mark.parametrize("name", HOLES)
def test_a_mistake_that_shows_now_and_then_loses_points(name, tmp_path):
    assert lost(*HOLES[name], tmp_path, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", RIGHT)
def test_a_way_of_ones_own_loses_nothing(name, tmp_path):
    assert lost(*RIGHT[name], tmp_path, seed=3) == []
