"""The course chapter's numeric items, computed by the generators with the chapter's parameters: `make chapter`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .authoring import Ask, number
from .registry import load


@dataclass(frozen=True, slots=True)
class ChapterItem:
    """A row of the chapter. `printed`: what the chapter prints, where that differs from the computed answer."""

    row: int
    item: str
    generator: str
    params: dict[str, Any]
    printed: str = ""

    def key(self) -> Any:
        """The computed answer (rounded as the question asks for it)."""
        body = load(self.generator)(**self.params)
        assert isinstance(body, Ask)
        return body.key

    def shown(self) -> str:
        """The computed answer as text."""
        body = load(self.generator)(**self.params)
        assert isinstance(body, Ask)
        if isinstance(body.key, (int, Fraction)):
            return number(body.key, body.digits) + (f" {body.unit}" if body.unit else "")
        return _rows(body.key) if isinstance(body.key, list) else body.key


def _rows(key: Any) -> str:
    """Nested lists with numbers as decimals or integers."""
    return f"[{', '.join(map(_rows, key))}]" if isinstance(key, list) else f"{float(key):g}"


def _size(W: int, F: int, P: int, S: int) -> dict[str, int]:
    return {"W": W, "F": F, "P": P, "S": S}


def _conv(F: int, Ci: int, Co: int, H: int = 32, bias: bool = True) -> dict[str, Any]:
    return {"F": F, "Ci": Ci, "Co": Co, "H": H, "bias": bias}


def _versus(ask: str, W: int, C: int, F: int, K: int) -> dict[str, Any]:
    return {"ask": ask, "W": W, "C": C, "F": F, "K": K}


def _budget(ask: str, stages: list[int]) -> dict[str, Any]:
    return {"ask": ask, "cameras": 8, "W": 1280, "H": 960, "stages": stages}


def _separable(ask: str, Ci: int, Co: int, bias: str) -> dict[str, Any]:
    return {"ask": ask, "F": 3, "Ci": Ci, "Co": Co, "bias": bias}


def _soil(ask: str) -> dict[str, Any]:
    return {"ask": ask, "backbone": "ResNet-50", "hidden": 256, "classes": 6}


def _inception(ask: str) -> dict[str, Any]:
    return {"ask": ask, "Ci": 192, "b1": 64, "r3": 96, "b3": 128, "r5": 16, "b5": 32, "pp": 32}


def _pooling(ask: str, F: int, n: int, C: int) -> dict[str, Any]:
    return {"ask": ask, "F": F, "n": n, "C": C, "mode": "average"}


def _net(ask: str, H: int, C: int, text: str) -> dict[str, Any]:
    return {"ask": ask, "H": H, "C": C, "layers": text.split("; ")}


SIMPLE = (
    "conv 16 5x5 s1 p0; relu; pool 2x2 s2 p0; conv 32 5x5 s1 p0; relu; pool 2x2 s2 p0; flatten; "
    "fc 120; relu; fc 10"
)
EXAMPLE = "conv 64 3x3 s1 p1; relu; pool 2x2 s2 p0; conv 128 3x3 s1 p1; relu; pool 2x2 s2 p0; flatten; fc 10"
NUMPY = "conv 8 3x3 s1 p1; relu; pool 2x2 s2 p0; conv 16 3x3 s1 p1; relu; pool 2x2 s2 p0; flatten; fc 10"
MNIST = (
    "conv 32 3x3 s1 p1; bn; relu; pool 2x2 s2 p0; conv 64 3x3 s1 p1; bn; relu; pool 2x2 s2 p0; "
    "conv 128 3x3 s1 p0; bn; relu; pool 2x2 s2 p0; flatten; fc 128; relu; dropout; fc 10"
)
LENET = "conv 6 5x5 s1 p0; pool 2x2 s2 p0; conv 16 5x5 s1 p0; pool 2x2 s2 p0; flatten; fc 120; fc 84; fc 10"
BROKEN = "conv 16 5x5 s1 p0; relu; pool 2x2 s2 p0; conv 32 5x5 s1 p0; relu; pool 2x2 s2 p0; flatten; fc 10"
CHECKERBOARD = [[(i + j + 1) % 2 for j in range(4)] for i in range(4)]

WORKED, EDGES = [[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 1, 0, 1]], [[1, 0, -1]] * 3
POOLED = [[1, 3, 2, 4], [2, 1, 0, 3], [4, 1, 2, 0], [3, 2, 3, 2]]

CHAPTER = (
    ChapterItem(3, "Unit of an FC layer on 6×6", "fc_vs_conv", _versus("inputs", 6, 1, 3, 1)),
    ChapterItem(3, "Unit of a 3×3 convolution", "fc_vs_conv", _versus("window", 6, 1, 3, 1)),
    *(ChapterItem(4, f"Receptive field, {n} layers of 3×3", "receptive_depth",
                  {"ask": "width", "F": 3, "n": n, "W": 224}, said)
      for n, said in ((1, ""), (2, ""), (3, ""), (50, "covers any practical image"))),
    ChapterItem(4, "3×3 layers that cover 224 pixels", "receptive_depth", {"ask": "depth", "F": 3, "n": 1, "W": 224},
                "50"),
    ChapterItem(5, "FC layer 224×224×3 → 1000", "fc_vs_conv", _versus("dense", 224, 3, 3, 1000)),
    ChapterItem(6, "150 million float32", "memory_size", {"values": 150_000_000, "dtype": "float32", "copies": 1}),
    ChapterItem(7, "FC layer against AlexNet", "param_ratio", {"large": 150_529_000, "small": 61_000_000}),
    ChapterItem(8, "Inputs of a 3×3×3 filter", "fc_vs_conv", _versus("window", 224, 3, 3, 64)),
    ChapterItem(8, "FC connections against local ones", "fc_ratio", {"W": 224, "C": 3, "F": 3, "K": 1, "bias": False}),
    ChapterItem(9, "Weights of a map without sharing", "fc_vs_conv", _versus("unshared", 224, 3, 3, 1)),
    ChapterItem(9, "With sharing", "fc_vs_conv", _versus("filter", 224, 3, 3, 1)),
    ChapterItem(10, "64 filters of 3×3×3", "conv_params", _conv(3, 3, 64, 224)),
    ChapterItem(10, "FC layer with 64 units", "fc_vs_conv", _versus("dense", 224, 3, 3, 64)),
    ChapterItem(10, "FC against convolution", "fc_ratio", {"W": 224, "C": 3, "F": 3, "K": 64, "bias": True}, "5,375"),
    ChapterItem(14, "Worked convolution", "conv_by_hand", {"X": WORKED, "K": EDGES, "b": 0, "S": 1},
                "[[-2, 0], [2, 0]]"),
    ChapterItem(16, "32×32×3, 16 filters of 5×5: size", "output_size", _size(32, 5, 0, 1)),
    ChapterItem(16, "… parameters", "conv_params", _conv(5, 3, 16)),
    ChapterItem(19, "32 after five 5×5 layers", "shrink_chain", {"W": 32, "F": 5, "P": 0, "n": 5}),
    ChapterItem(19, "5×5 windows on a corner pixel", "window_cover", {"F": 5, "W": 32, "P": 0, "i": 0, "j": 0}),
    ChapterItem(19, "5×5 windows on a pixel in the middle", "window_cover",
                {"F": 5, "W": 32, "P": 0, "i": 16, "j": 16}),
    *(ChapterItem(row, f"{mode} padding, W = 5, F = 3", "padding_modes", {"mode": mode, "W": 5, "F": 3, "S": 1})
      for row, mode in ((21, "valid"), (21, "same"), (20, "full"))),
    ChapterItem(20, "same padding, W = 7, F = 3, S = 2", "padding_modes", {"mode": "same", "W": 7, "F": 3, "S": 2},
                "3.5 (W/S)"),
    *(ChapterItem(23, f"Same padding for F = {F}", "same_padding", {"ask": "P", "F": F, "D": 1}) for F in (3, 5, 7)),
    ChapterItem(23, "64 after ten 5×5 layers with P = 1", "shrink_chain", {"W": 64, "F": 5, "P": 1, "n": 10}),
    ChapterItem(23, "64 after one of them", "shrink_chain", {"W": 64, "F": 5, "P": 1, "n": 1}),
    ChapterItem(24, "2×2 pooling, stride 2: times fewer cells", "pool_saving", _pooling("ratio", 2, 14, 64)),
    ChapterItem(25, "Max pooling, 4×4", "pooling", {"mode": "max", "F": 2, "S": 2, "X": POOLED}),
    ChapterItem(26, "Average pooling, 4×4", "pooling", {"mode": "average", "F": 2, "S": 2, "X": POOLED},
                "[[2, 2.5], [2.5, 2]]"),
    ChapterItem(27, "FC after 7×7×512", "fc_params", {"ask": "flatten", "H": 7, "C": 512, "N": 4096}, "102.8 million"),
    ChapterItem(27, "Global average pooling of 7×7×512", "pool_saving", _pooling("left", 7, 1, 512)),
    ChapterItem(27, "… its parameters", "pool_params",
                {"ask": "pooling", "mode": "average", "F": 7, "C": 512, "H": 7, "K": 1}),
    ChapterItem(28, "Parameters of pooling", "pool_params",
                {"ask": "pooling", "mode": "max", "F": 2, "C": 64, "H": 28, "K": 1}),
    *(ChapterItem(31, f"Trace: {W} pixels, {F}×{F}, stride {S}", "output_size", _size(W, F, 0, S))
      for W, F, S in ((28, 5, 1), (24, 2, 2), (12, 5, 1), (8, 2, 2))),
    ChapterItem(31, "Trace: flattened values", "layer_trace", _net("flat", 28, 1, SIMPLE)),
    ChapterItem(31, "Trace: first convolution", "conv_params", _conv(5, 1, 16)),
    ChapterItem(31, "Trace: second convolution", "conv_params", _conv(5, 16, 32)),
    ChapterItem(31, "Trace: FC 120", "fc_params", {"ask": "flatten", "H": 4, "C": 32, "N": 120}),
    ChapterItem(31, "Trace: FC 10", "fc_params", {"ask": "flatten", "H": 1, "C": 120, "N": 10}),
    ChapterItem(31, "Trace: total", "layer_trace", _net("total", 28, 1, SIMPLE)),
    ChapterItem(33, "LeNet-5 (width, channels)", "architecture_trace",
                {"network": "LeNet-5", "size": 32, "at": [0, 1, 2, 3, 4]}),
    ChapterItem(33, "LeNet-5 as drawn: all parameters", "layer_trace", _net("total", 32, 1, LENET), "~60K"),
    ChapterItem(35, "Two 3×3 against 5×5", "stacked_filters", {"ask": "saving", "n": 2, "C": 64}),
    ChapterItem(35, "Three 3×3 against 7×7", "stacked_filters", {"ask": "saving", "n": 3, "C": 64}),
    ChapterItem(36, "Inception 3a: channels", "inception_module", _inception("channels"), "not stated"),
    ChapterItem(36, "Inception 3a: parameters", "inception_module", _inception("params"), "not stated"),
    ChapterItem(37, "1×1, 256 → 64", "one_by_one", {"ask": "params", "Ci": 256, "Co": 64, "H": 28}),
    ChapterItem(37, "3×3, 256 → 256", "conv_params", _conv(3, 256, 256)),
    ChapterItem(37, "1×1, 256 → 64, then 3×3 to 256", "one_by_one", {"ask": "pair", "Ci": 256, "Co": 64, "H": 28}),
    ChapterItem(37, "256 → 64 → 3×3 → 256 saves", "param_ratio", {"large": 590_080, "small": 164_160}, "4"),
    ChapterItem(41, "Twenty blocks with F = −x/2", "residual_gradient", {"halves": [-1] * 20}, "at least 1"),
    ChapterItem(41, "A block with F = −x", "residual_gradient", {"halves": [-2, 1]}, "at least 1"),
    ChapterItem(46, "Example 1: first convolution", "conv_params", _conv(3, 3, 64)),
    ChapterItem(46, "Example 1: second convolution", "conv_params", _conv(3, 64, 128, 16)),
    ChapterItem(46, "Example 1: FC 10", "fc_params", {"ask": "flatten", "H": 8, "C": 128, "N": 10}),
    ChapterItem(46, "Example 1: total", "layer_trace", _net("total", 32, 3, EXAMPLE)),
    ChapterItem(47, "MobileNetV2 at 112: stem, 13, 17, last", "architecture_trace",
                {"network": "MobileNetV2", "size": 112, "at": [0, 13, 17, 18]}, "13 blocks, 7×7×320"),
    ChapterItem(47, "Embedding 1280 → 128", "fc_params", {"ask": "gap", "H": 4, "C": 1280, "N": 128}, "320 → 128"),
    ChapterItem(48, "Million pixels of 8 cameras", "frame_budget", _budget("pixels", [100])),
    ChapterItem(48, "Frames per second at 100 ms", "frame_budget", _budget("rate", [100])),
    *(ChapterItem(54, f"NumPy network: pooling of {W} pixels", "output_size", _size(W, 2, 0, 2)) for W in (28, 14)),
    ChapterItem(54, "NumPy network: flattened", "layer_trace", _net("flat", 28, 1, NUMPY)),
    ChapterItem(54, "NumPy network: total", "layer_trace", _net("total", 28, 1, NUMPY), "not stated"),
    *(ChapterItem(56, f"MNISTConvNet: {W} pixels, {F}×{F}, stride {S}", "output_size", _size(W, F, 0, S), said)
      for W, F, S, said in ((28, 2, 2, ""), (14, 2, 2, ""), (7, 3, 1, ""), (5, 2, 2, "3"))),
    ChapterItem(56, "MNISTConvNet: first batch norm", "batchnorm_params", {"ask": "learned", "C": 32, "H": 28}),
    ChapterItem(56, "MNISTConvNet: flattened", "layer_trace", _net("flat", 28, 1, MNIST)),
    ChapterItem(56, "MNISTConvNet: total", "layer_trace", _net("total", 28, 1, MNIST), "138,442"),
    ChapterItem(57, "Batches of 128 in 60,000", "batches", {"ask": "batches", "N": 60_000, "B": 128}),
    ChapterItem(57, "Last batch", "batches", {"ask": "last", "N": 60_000, "B": 128}),
    ChapterItem(58, "BrokenCNN: flattened", "layer_trace", _net("flat", 28, 1, BROKEN), "800 (the bug)"),
    ChapterItem(58, "BrokenCNN, repaired: parameters", "layer_trace", _net("total", 28, 1, BROKEN), "not stated"),
    ChapterItem(60, "ResNet-50 (width, channels)", "architecture_trace",
                {"network": "ResNet-50", "size": 224, "at": [0, 1, 2, 3, 4, 5]}),
    ChapterItem(60, "ResNet-50: classifier 2048 → 1000", "fc_params", {"ask": "gap", "H": 7, "C": 2048, "N": 1000}),
    ChapterItem(61, "Ordinary 3×3, 64 → 128", "conv_params", _conv(3, 64, 128, bias=False)),
    ChapterItem(61, "Separable 3×3, 64 → 128", "separable", _separable("params", 64, 128, "none")),
    ChapterItem(61, "Ratio", "separable", _separable("ratio", 64, 128, "none"), "8.4"),
    ChapterItem(61, "ResNet-50 against MobileNetV2", "param_ratio", {"large": 25_557_032, "small": 3_504_872}, "10"),
    ChapterItem(69, "64×64×3, 5×5, stride 2, padding 1", "output_size", _size(64, 5, 1, 2)),
    ChapterItem(70, "32 filters of 3×3 on 28×28×16", "conv_params", _conv(3, 16, 32, 28)),
    ChapterItem(71, "dy/dx of y = F(x) + x (D = dF/dx)", "residual_expression",
                {"branch": 1, "shortcut": 1, "blocks": 1}),
    ChapterItem(74, "1×1, 512 → 64 on 14×14", "one_by_one", {"ask": "params", "Ci": 512, "Co": 64, "H": 14}),
    ChapterItem(74, "3×3, 512 → 64", "conv_params", _conv(3, 512, 64, 14)),
    ChapterItem(77, "Latency of face verification", "frame_budget", _budget("latency", [20, 50, 10, 400])),
    ChapterItem(78, "Soil head: 2048 → 256", "fc_params", {"ask": "gap", "H": 7, "C": 2048, "N": 256}),
    ChapterItem(78, "Soil head: 256 → 6 (together 526,086)", "fc_params", {"ask": "flatten", "H": 1, "C": 256, "N": 6},
                "525K together"),
    ChapterItem(78, "Soil model: trained, backbone frozen", "transfer_head", _soil("trained"), "525K"),
    ChapterItem(78, "Soil model: all parameters", "transfer_head", _soil("total"), "25.6M"),
    ChapterItem(82, "Inputs of an FC unit", "fc_vs_conv", _versus("inputs", 224, 3, 3, 64)),
    ChapterItem(84, "Two 3×3, weights in C", "stacked_expression", {"F": 3, "n": 2, "bias": False}),
    ChapterItem(84, "Three 3×3, weights in C", "stacked_expression", {"F": 3, "n": 3, "bias": False}),
    *(ChapterItem(84, f"One {F}×{F}, weights in C", "stacked_expression", {"F": F, "n": 1, "bias": False})
      for F in (5, 7)),
    ChapterItem(87, "B1: size", "output_size", _size(64, 3, 1, 1)),
    ChapterItem(87, "B1: parameters", "conv_params", _conv(3, 3, 128, 64)),
    ChapterItem(88, "B2: size", "output_size", _size(32, 3, 1, 2)),
    ChapterItem(88, "B2: parameters", "conv_params", _conv(3, 64, 256)),
    ChapterItem(89, "B3: convolution", "output_size", _size(224, 7, 3, 2)),
    ChapterItem(89, "B3: pooling", "output_size", _size(112, 3, 1, 2)),
    ChapterItem(90, "B4: FC parameters", "fc_params", {"ask": "flatten", "H": 7, "C": 512, "N": 4096}),
    ChapterItem(90, "B4: share", "fc_share", {"H": 7, "C": 512, "N": 4096, "rest": 35_593_000}, "74.5 %"),
    ChapterItem(91, "B5: ordinary", "conv_params", _conv(3, 256, 256)),
    ChapterItem(91, "B5: separable (pointwise biases)", "separable", _separable("params", 256, 256, "pointwise")),
    ChapterItem(91, "B5: ratio", "separable", _separable("ratio", 256, 256, "pointwise")),
    ChapterItem(92, "B6: three 3×3", "receptive_field", {"n": 3, "F": [3, 3, 3], "S": [1, 1, 1]}),
    ChapterItem(92, "B6: stride 2 in the second", "receptive_field", {"n": 3, "F": [3, 3, 3], "S": [1, 2, 1]}),
    ChapterItem(93, "B7: bottleneck", "bottleneck", {"ask": "bottleneck", "m": 64, "bn": False}),
    ChapterItem(93, "B7: two 3×3", "bottleneck", {"ask": "plain", "m": 64, "bn": False}),
    ChapterItem(93, "B7: ratio", "bottleneck", {"ask": "ratio", "m": 64, "bn": False}),
    ChapterItem(93, "B7: receptive field, bottleneck", "block_field", {"block": "bottleneck", "n": 1, "F": 3},
                "the same"),
    ChapterItem(93, "B7: receptive field, two 3×3", "block_field", {"block": "basic", "n": 1, "F": 3}, "the same"),
    ChapterItem(94, "B8: checkerboard and diagonal", "conv_by_hand",
                {"X": CHECKERBOARD, "K": [[1, 0], [0, 1]], "b": 0, "S": 1}),
    ChapterItem(95, "C1: VGG-16 ends", "architecture_trace", {"network": "VGG-16", "size": 224, "at": [17]}),
    ChapterItem(101, "Compound scaling: cost", "compound_scaling",
                {"ask": "cost", "alpha": 120, "beta": 110, "gamma": 115, "phi": 1}, "2"),
    ChapterItem(103, "Sparsity after 8 rounds", "pruning", {"ask": "sparsity", "share": 20, "n": 8, "target": 80}),
    ChapterItem(103, "Rounds to 80 %", "pruning", {"ask": "rounds", "share": 20, "n": 8, "target": 80}),
    ChapterItem(103, "Rounds to 90 %", "pruning", {"ask": "rounds", "share": 20, "n": 8, "target": 90}),
)  # fmt: skip


def main() -> None:
    """Print the table."""
    print(f"{'row':>3}  {'item':42}{'generator':20}{'computed':>20}  chapter, where it differs")
    for entry in CHAPTER:
        shown = entry.shown()
        if len(shown) > 20:
            print(f"{entry.row:>3}  {entry.item:42}{entry.generator:20}\n     {shown}  {entry.printed}")
        else:
            print(f"{entry.row:>3}  {entry.item:42}{entry.generator:20}{shown:>20}  {entry.printed}".rstrip())


if __name__ == "__main__":
    main()
