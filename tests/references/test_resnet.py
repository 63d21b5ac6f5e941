"""The reference of `resnet` against the blocks' formulas, written out in tensor operations."""

import pytest
import torch
from torch.nn import functional as F

from solutions.resnet import BasicBlock, Bottleneck, PreActBlock, ResNet18

torch.set_num_threads(1)  # threads cost more than they bring on tensors this small


def drawn(module, generator):
    """The module in double precision, every weight and running statistic drawn."""
    module.double()
    with torch.no_grad():
        for name, tensor in [*module.named_parameters(), *module.named_buffers()]:
            if tensor.is_floating_point():
                tensor.normal_(generator=generator)
                if name.endswith("running_var"):
                    tensor.abs_().add_(0.1)
    return module


def norm(s, name, x, training):
    """Batch norm by its formula; `s` is the block's state."""
    if training:
        mean, var = x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), unbiased=False)
    else:
        mean, var = s[f"{name}.running_mean"], s[f"{name}.running_var"]
    mean, var, gamma, beta = (v[:, None, None] for v in (mean, var, s[f"{name}.weight"], s[f"{name}.bias"]))
    return gamma * (x - mean) / torch.sqrt(var + 1e-5) + beta


def shortcut(s, x, stride, training):
    if "shortcut.0.weight" not in s:
        return x
    # a strided 1×1 convolution is a matrix for every pixel that is kept
    y = torch.einsum("oi,nihw->nohw", s["shortcut.0.weight"][..., 0, 0], x[..., ::stride, ::stride])
    return norm(s, "shortcut.1", y, training)


def basic(s, x, stride, training):
    y = norm(s, "bn1", F.conv2d(x, s["conv1.weight"], stride=stride, padding=1), training).clamp(min=0)
    y = norm(s, "bn2", F.conv2d(y, s["conv2.weight"], padding=1), training)
    return (y + shortcut(s, x, stride, training)).clamp(min=0)


def bottleneck(s, x, stride, training):
    y = norm(s, "bn1", F.conv2d(x, s["conv1.weight"]), training).clamp(min=0)
    y = norm(s, "bn2", F.conv2d(y, s["conv2.weight"], stride=stride, padding=1), training).clamp(min=0)
    y = norm(s, "bn3", F.conv2d(y, s["conv3.weight"]), training)
    return (y + shortcut(s, x, stride, training)).clamp(min=0)


def preact(s, x, stride, training, activated=False):
    a = norm(s, "bn1", x, training).clamp(min=0)
    y = norm(s, "bn2", F.conv2d(a, s["conv1.weight"], stride=stride, padding=1), training).clamp(min=0)
    y = F.conv2d(y, s["conv2.weight"], padding=1)
    if "shortcut.weight" not in s:
        return y + x
    return y + F.conv2d(a if activated else x, s["shortcut.weight"], stride=stride)


def drawn_case(make, formula, seed):
    """A block, an input and the formula's output for it."""
    g = torch.Generator().manual_seed(seed)
    c_in, c, stride, n, h, w = (int(torch.randint(1, top, (), generator=g)) for top in (9, 6, 4, 4, 8, 8))
    c_in = 4 * c if make is Bottleneck and seed % 3 == 0 else c if seed % 3 == 0 else c_in
    stride = 1 if seed % 2 == 0 else stride
    block = drawn(make(c_in, c, stride), g)
    training = seed % 5 < 2 and n > 1
    state = {k: v.clone() for k, v in block.state_dict().items()}
    x = torch.randn(n, c_in, h, w, generator=g, dtype=torch.float64)
    return block.train(training), x, formula(state, x, stride, training)


BLOCKS = [(BasicBlock, basic), (Bottleneck, bottleneck), (PreActBlock, preact)]


def compare(make, formula, seeds):
    for seed in seeds:
        block, x, expected = drawn_case(make, formula, seed)
        assert torch.allclose(block(x), expected, rtol=1e-9, atol=1e-9), f"seed {seed}"


@pytest.mark.parametrize(("make", "formula"), BLOCKS)
def test_blocks_agree_with_their_formulas(make, formula):
    compare(make, formula, range(100))


@pytest.mark.slow
@pytest.mark.parametrize(("make", "formula"), BLOCKS)
def test_blocks_agree_with_their_formulas_1000(make, formula):
    compare(make, formula, range(100, 1100))


def test_preact_may_project_the_activated_input():
    g = torch.Generator().manual_seed(0)
    block = drawn(PreActBlock(3, 5, 2), g).eval()
    block.project_activated = True
    x = torch.randn(2, 3, 5, 7, generator=g, dtype=torch.float64)
    assert torch.allclose(block(x), preact(block.state_dict(), x, 2, False, activated=True), rtol=1e-9)


@pytest.mark.sampled(quick=4)
@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("make", [BasicBlock, Bottleneck, PreActBlock])
@pytest.mark.parametrize("arguments", [(4, 1, 1), (2, 2, 1), (3, 2, 2)])
def test_gradients_by_central_differences(make, arguments, training):
    g = torch.Generator().manual_seed(1)
    block = drawn(make(*arguments), g).train(training)
    x = torch.randn(2, arguments[0], 3, 4, generator=g, dtype=torch.float64, requires_grad=True)
    names = [name for name, _ in block.named_parameters()]

    def output(x, *parameters):
        state = {k: v.clone() for k, v in block.state_dict().items()} | dict(zip(names, parameters, strict=True))
        return torch.func.functional_call(block, state, x)

    assert torch.autograd.gradcheck(output, (x, *block.parameters()), atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize(
    ("block", "count"),
    [
        (BasicBlock(64, 128, 2), 230_144),
        (BasicBlock(64, 64), 73_984),
        (Bottleneck(256, 64), 70_400),
        (Bottleneck(64, 64), 75_008),
        (PreActBlock(64, 128, 2), 229_760),
        (PreActBlock(64, 64), 73_984),
        (ResNet18(), 11_173_962),
        (ResNet18(100), 11_173_962 + 90 * 513),
    ],
)
def test_parameters(block, count):
    assert sum(p.numel() for p in block.parameters()) == count


def test_resnet18_is_its_blocks_in_a_row():
    net = ResNet18(7).eval()
    state = net.state_dict()
    x = torch.randn(2, 3, 32, 32)
    y = norm(state, "bn1", F.conv2d(x, state["conv1.weight"], padding=1), False).clamp(min=0)
    shapes = []
    for layer in range(1, 5):
        for i in range(2):
            prefix = f"layer{layer}.{i}."
            block = {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
            y = basic(block, y, 2 if layer > 1 and i == 0 else 1, False)
        shapes.append(tuple(y.shape[1:]))
    assert shapes == [(64, 32, 32), (128, 16, 16), (256, 8, 8), (512, 4, 4)]
    expected = y.sum(dim=(2, 3)) / 16 @ state["fc.weight"].T + state["fc.bias"]
    assert net(x).shape == (2, 7)
    assert torch.allclose(net(x), expected, rtol=1e-4, atol=1e-5)
