"""Parameters that are fused, split or permuted: each value goes where it plays its part."""

import pytest
import torch

from grader.checks.diagnose import load_module
from grader.exercise import load_exercise

FUSED = """
import torch
from torch import nn
from torch.nn import functional as F

class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.sizes = [ch5x5red, ch1x1, ch3x3red]
        self.first = nn.Conv2d(in_channels, sum(self.sizes), 1)
        self.three, self.five = nn.Conv2d(ch3x3red, ch3x3, 3, 1, 1), nn.Conv2d(ch5x5red, ch5x5, 5, 1, 2)
        self.project = nn.Conv2d(in_channels, pool_proj, 1)

    def forward(self, x):
        five, one, three = self.first(x).relu().split(self.sizes, 1)
        pool = self.project(F.max_pool2d(x, 3, 1, 1))
        return torch.cat([one, self.three(three).relu(), self.five(five).relu(), pool.relu()], 1)
"""
MATRICES = """
import torch
from torch import nn
from torch.nn import functional as F

class Taps(nn.Module):
    def __init__(self, channels, stride):
        super().__init__()
        self.kernel, self.stride = nn.Parameter(torch.randn(3, 3, channels)), stride

    def forward(self, x):
        return F.conv2d(x, self.kernel.permute(2, 0, 1)[:, None], None, self.stride, 1, groups=x.shape[1])

class InvertedResidual(nn.Module):
    def __init__(self, in_channels, out_channels, stride, expand_ratio):
        super().__init__()
        hidden = in_channels * expand_ratio
        first = [nn.Conv2d(in_channels, hidden, 1, bias=False), nn.BatchNorm2d(hidden), nn.ReLU6()]
        self.first = nn.Sequential(*first if expand_ratio > 1 else [])
        self.second = nn.Sequential(Taps(hidden, stride), nn.BatchNorm2d(hidden), nn.ReLU6())
        self.third = nn.Sequential(nn.Conv2d(hidden, out_channels, 1, bias=False), nn.BatchNorm2d(out_channels))
        self.adds = stride == 1 and in_channels == out_channels

    def forward(self, x):
        y = self.third(self.second(self.first(x)))
        return x + y if self.adds else y
"""
STACKED = """
import torch
from torch import nn
from torch.nn import functional as F

class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.kernel, self.rows = nn.Parameter(torch.randn(dim, 49)), nn.Parameter(torch.zeros(3, dim))
        self.norm = nn.LayerNorm(dim, 1e-6)
        self.up, self.down = nn.Linear(dim, 4 * dim), nn.Linear(4 * dim, dim, bias=False)
        with torch.no_grad():
            self.rows[2] = 1e-6

    def forward(self, x):
        bias, shift, scale = self.rows
        y = F.conv2d(x, self.kernel.view(-1, 1, 7, 7), bias, padding=3, groups=x.shape[1])
        y = self.down(F.gelu(self.up(self.norm(y.movedim(1, -1))))) + shift
        return x + (scale * y).movedim(-1, 1)
"""
PACKED = [
    ("inception", "Inception", FUSED, (5, 3, 2, 4, 6, 7, 8)),
    ("inception", "Inception", FUSED, (3, 2, 4, 5, 7, 3, 6)),
    ("mobilenet", "InvertedResidual", MATRICES, (4, 4, 1, 3)),
    ("mobilenet", "InvertedResidual", MATRICES, (3, 5, 2, 1)),
    ("convnext", "ConvNeXtBlock", STACKED, (4,)),
]
EXERCISES = sorted({slug for slug, *_ in PACKED})


def sides(slug, name, source, arguments, tmp_path):
    """The exercise's kit, a module of the reference, and one of this source, with drawn weights."""
    exercise = load_exercise(slug)
    kit = load_module(exercise.folder / "kit.py", f"kit_of_{slug}")
    path = tmp_path / "packed.py"
    path.write_text(source)
    found = []
    for module in (load_module(exercise.reference_file, f"reference_{slug}"), load_module(path, f"packed_{slug}")):
        found.append(getattr(module, name)(*arguments))
        kit.fill(found[-1], 5, *arguments if slug == "convnext" else [arguments])
    return kit, *found


@pytest.mark.parametrize(("slug", "name", "source", "arguments"), PACKED)
def test_the_same_function_has_the_same_values_and_gradients(slug, name, source, arguments, tmp_path):
    kit, reference, packed = sides(slug, name, source, arguments, tmp_path)
    x = torch.randn(2, arguments[0], 6, 5)
    y = reference.eval()(x)
    assert torch.allclose(packed.eval()(x), y, atol=1e-4)
    more = {"inception": [arguments], "mobilenet": [torch.ones_like(y), arguments], "convnext": [torch.ones_like(y)]}
    right, found = (kit.gradients(module, x, *more[slug]) for module in (reference, packed))
    assert found.keys() == right.keys()
    assert all(torch.allclose(found[key], right[key]) for key in right)


@pytest.mark.parametrize(
    ("right", "wrong", "lost"),
    [
        ("F.max_pool2d(x, 3, 1, 1)", "F.avg_pool2d(x, 3, 1, 1)", {"pool"}),
        ("self.five(five).relu()", "self.five(five.flip(-1)).relu()", {"5x5"}),
        ("self.first(x).relu()", "self.first(x)", {"1x1", "3x3", "5x5"}),
    ],
)
def test_a_mistake_costs_the_branch_that_it_is_in(right, wrong, lost, tmp_path):
    """What does something else is filled by its shape; the other branches stay right."""
    widths = (5, 3, 2, 4, 6, 7, 8)
    _, reference, packed = sides("inception", "Inception", FUSED.replace(right, wrong), widths, tmp_path)
    x = torch.randn(2, 5, 6, 5)
    branches = dict(zip(("1x1", "3x3", "5x5", "pool"), (3, 4, 7, 8), strict=True))
    outputs = [module(x).split(list(branches.values()), 1) for module in (reference, packed)]
    pairs = zip(branches, *outputs, strict=True)
    assert {name for name, a, b in pairs if not torch.allclose(a, b, atol=1e-4)} == lost


@pytest.mark.parametrize("slug", EXERCISES)
def test_usual_shapes_are_filled_as_they_are(slug):
    """So that nothing is tried out where names, order and transposes alone differ."""
    kit = load_module(load_exercise(slug).folder / "kit.py", f"kit_of_{slug}")
    arguments = next(arguments for of, _, _, arguments in PACKED if of == slug)
    shapes = list(kit.shapes_of(*arguments).values())
    given = [shape[::-1] if len(shape) == 2 else shape for shape in reversed(shapes)]
    module = torch.nn.ParameterList([torch.nn.Parameter(torch.zeros(shape)) for shape in given])
    assert kit.places_in(module, *([arguments] if slug == "inception" else arguments)) is None


def test_the_kits_find_places_alike():
    texts = [(load_exercise(slug).folder / "kit.py").read_text() for slug in EXERCISES]
    assert len({text[text.index("def arrangement(") :] for text in texts}) == 1


@pytest.mark.parametrize(("slug", "size"), [("mnist_cnn", 3), ("debug_cnn", 5)])
def test_kernels_with_the_channels_last_get_the_same_values(slug, size):
    """As TensorFlow keeps them."""
    kit = load_module(load_exercise(slug).folder / "kit.py", f"kit_of_{slug}")
    usual = torch.nn.Conv2d(32, 64, size)

    class Last(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.kernel = torch.nn.Parameter(torch.zeros(size, size, 32, 64))

    kernels = kit.network(Last, 3).kernel, kit.network(lambda: usual, 3).weight
    assert torch.equal(kernels[0].permute(3, 2, 0, 1), kernels[1])


def test_kernels_of_resnet_may_be_matrices_or_have_the_channels_last():
    kit = load_module(load_exercise("resnet").folder / "kit.py", "kit_of_resnet")
    kernel = torch.randn(4, 6, 3, 3)
    for kept in (kernel, kernel.flatten(1), kernel.flatten(1).T, kernel.permute(2, 3, 1, 0)):
        assert torch.equal(kit._usual(kept), kernel)
    assert kit._usual(torch.zeros(10, 512)).shape == (10, 512)
