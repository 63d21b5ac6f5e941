"""The reference of `mobilenet` against its formula, written out in tensor operations."""

import pytest
import torch
from torch.nn import functional as F

from solutions.mobilenet import InvertedResidual

torch.set_num_threads(1)  # threads cost more than they bring on tensors this small


def norm(s, name, x, training):
    """Batch norm by its formula; `s` is the block's state."""
    if training:
        mean, var = x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), unbiased=False)
    else:
        mean, var = s[f"{name}.running_mean"], s[f"{name}.running_var"]
    mean, var, gamma, beta = (v[:, None, None] for v in (mean, var, s[f"{name}.weight"], s[f"{name}.bias"]))
    return gamma * (x - mean) / torch.sqrt(var + 1e-5) + beta


def pixelwise(weight, x):
    return torch.einsum("oc,nchw->nohw", weight[..., 0, 0], x)


def depthwise(weight, x, stride):
    """Each channel's windows times its own kernel."""
    windows = F.pad(x, (1, 1, 1, 1)).unfold(2, 3, stride).unfold(3, 3, stride)
    return torch.einsum("nchwij,cij->nchw", windows, weight[:, 0])


def formula(s, x, stride, training):
    y = x
    if "expand.weight" in s:
        y = norm(s, "expand_bn", pixelwise(s["expand.weight"], y), training).clamp(0, 6)
    y = norm(s, "depthwise_bn", depthwise(s["depthwise.weight"], y, stride), training).clamp(0, 6)
    y = norm(s, "project_bn", pixelwise(s["project.weight"], y), training)
    return x + y if y.shape == x.shape and stride == 1 else y


def drawn(block, g):
    """The block in double precision, every weight and running statistic drawn."""
    block.double()
    with torch.no_grad():
        for name, tensor in [*block.named_parameters(), *block.named_buffers()]:
            if tensor.is_floating_point():
                tensor.normal_(generator=g)
                if name.endswith("running_var"):
                    tensor.abs_().add_(0.1)
    return block


def drawn_case(seed):
    """A block in double precision with drawn state, an input, the stride."""
    g = torch.Generator().manual_seed(seed)
    c_in, c_out, stride, ratio = (int(torch.randint(1, top, (), generator=g)) for top in (6, 6, 4, 5))
    c_out, stride = (c_in, 1) if seed % 3 == 0 else (c_out, stride)
    block = drawn(InvertedResidual(c_in, c_out, stride, ratio), g)
    n, h, w = (int(torch.randint(2, top, (), generator=g)) for top in (4, 9, 9))
    return block, 4 * torch.randn(n, c_in, h, w, generator=g, dtype=torch.float64), stride


def compare(seeds):
    for seed in seeds:
        block, x, stride = drawn_case(seed)
        training = seed % 2 == 0
        state = {k: v.clone() for k, v in block.state_dict().items()}
        actual = block.train(training)(x)
        expected = formula(state, x, stride, training)
        assert torch.allclose(actual, expected, rtol=1e-8, atol=1e-8), f"seed {seed}"


def test_agrees_with_its_formula():
    compare(range(100))


@pytest.mark.slow
def test_agrees_with_its_formula_1000():
    compare(range(100, 1100))


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("arguments", [(2, 2, 1, 2), (2, 3, 2, 3), (2, 2, 1, 1)])
def test_gradients_by_central_differences(arguments, training):
    g = torch.Generator().manual_seed(1)
    block = drawn(InvertedResidual(*arguments), g).train(training)
    x = torch.randn(2, 2, 3, 4, generator=g, dtype=torch.float64, requires_grad=True)
    names = [name for name, _ in block.named_parameters()]

    def output(x, *parameters):
        state = {k: v.clone() for k, v in block.state_dict().items()} | dict(zip(names, parameters, strict=True))
        return torch.func.functional_call(block, state, x)

    assert torch.autograd.gradcheck(output, (x, *block.parameters()), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize(
    ("arguments", "count"), [((24, 32, 2, 6), 10_000), ((32, 16, 1, 1), 896), ((16, 16, 1, 6), 16 * 192 + 9 * 96 + 416)]
)
def test_parameters(arguments, count):
    assert sum(p.numel() for p in InvertedResidual(*arguments).parameters()) == count
