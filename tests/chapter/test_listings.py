"""The course chapter's listings, handed in as they stand.

What the errata (E01, E02, …) call wrong loses its points with the explanation, and everything else keeps them. The
files in `listings/` are written anew from the errata's facts; each says in its first line what is the matter with it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.exercise import Exercise, load_exercise
from grader.judge.grade import grade
from grader.model import Verdict
from grader.submission.load import load

LISTINGS = Path(__file__).parent / "listings"

# (listing, exercise): the checks that it loses, and the misconception that each of them names. Checks of what a
# listing does not define are not listed here: they are worked out from its source.
LOST: dict[tuple[str, str], dict[str, str | None]] = {
    ("s05_convolution", "conv"): {"integers": "uint8-wraps"},  # E31
    ("s06_padding_table", "padding"): {"size_examples": "size-not-rounded", "size_floor": "size-not-rounded"},  # E18
    ("s07_pooling", "pooling"): {},
    ("s11_grad_cam", "gradcam"): {
        "inplace_relu": "full-backward-hook",  # E36
        "frozen_backbone": "frozen-hook-silent",  # E37
        "frozen_and_inplace": None,  # both at once: no single misconception
        "modes_left_as_found": "mode-left-eval",
        "gradients_left_as_found": "gradients-replaced",  # E38
        "nothing_else_changed": "image-gradient-left",
    },
    ("s13_network", "backprop"): {
        "conv_whole_numbers": None,  # E31: it raises on every image, which is no evidence for a name
        "pool_overlap": "maxima-counted-in-one-mask",  # E30
        "pool_ties": "tied-maxima-all-paid",  # E30
        "pool_whole_numbers": "pool-gradient-of-whole-numbers",  # E31
    },
    ("s13_max_pool", "backprop"): {
        "pool_overlap": "one-mask-for-all-windows",  # E30
        "pool_ties": "tied-maxima-all-paid",  # E30
        "pool_whole_numbers": "pool-gradient-of-whole-numbers",  # E31
    },
    ("s13_network", "loss"): {
        "unlikely_labels": "log-plus-epsilon",  # E29
        "extreme_loss": "log-plus-epsilon",  # E29
        "integers": None,  # E29, and logits of whole numbers that wrap: no single misconception
    },
    ("s13_network", "training"): {
        "update_scale_shift": "gamma-beta-never-updated",  # E33
        "trains_scale_shift": "gamma-beta-never-updated",  # E33
        "update_skips": "gradient-taken-for-granted",
        "trains_around_fixed": "gradient-taken-for-granted",
        "losses": "loss-capped",  # E29
        "confident_loss": "loss-capped",  # E29
    },
    ("s14_mnist_cnn", "mnist_cnn"): {},  # E03: its parameters are counted, not read off the page
    ("s14_broken_cnn", "debug_cnn"): dict.fromkeys(  # E35
        ("runs", "single_image", "parameters", "values", "gradients"), "width-not-repaired"
    ),
    ("s14_repaired_cnn", "debug_cnn"): {},  # E35: the missing import is not the error that is looked for
    ("s16_depthwise_count", "separable"): {"weights": None, "biases": "params-bias-of-one-stage"},  # E16
    ("s19_receptive_field", "receptive_field"): {},  # E58
    ("s21_soil_classifier", "transfer"): {  # E41
        "trainable": "relies-on-the-phase-before",
        "optimizer_contents": "optimizer-built-once",
        "training_step": "optimizer-built-once",
        "frozen_batch_norm": "batch-norm-drifts",
        "both_together": "optimizer-built-once",
    },
    ("s22_c1_shapes", "shapes"): {},
    ("s22_c2_batch_norm", "batchnorm"): dict.fromkeys(  # E33
        (
            "normalises eps gamma_beta parameter_gradients input_gradient slope second_backward whole_numbers "
            "inputs_kept"
        ).split(),
        "running-statistics-in-training",
    ),
    ("s22_c2_batch_norm_biased", "batchnorm"): {"running_variance": "running-variance-biased"},  # E33
    ("s22_c2_batch_norm_one_mode", "batchnorm"): {  # E33
        "initial": "training-flag-ignored",
        "evaluation": "training-flag-ignored",
        "eps_in_evaluation": "training-flag-ignored",
    },
    ("s22_c3_resnet18", "resnet"): {  # E56
        "resnet18_parameters": "imagenet-stem",
        "resnet18_logits": "imagenet-stem",
    },
    ("s22_star2_lottery", "pruning"): dict.fromkeys(  # E45
        ("masks_of_each_round", "rounded_down_in_each_round", "weights_rewound", "everything_rewound"), "no-rewinding"
    ),
}


def not_handed_in(listing: Path, exercise: Exercise) -> set[str]:
    """The checks that call something which the listing does not define."""
    tree = ast.parse(listing.read_text())
    defined = {n.name for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    defined |= {t.id for n in tree.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}
    return {c.name for c in exercise.checks if c.points and set(c.needs) - defined}


@pytest.mark.sampled(quick=11, ci=5)
@pytest.mark.parametrize("listing, slug", LOST, ids=lambda part: part)
def test_a_listing_loses_what_is_wrong_with_it_and_is_told_why(listing, slug, sandboxes):
    path, exercise = LISTINGS / f"{listing}.py", load_exercise(slug)
    result = grade(load(path), exercise, seed=1, sandbox=sandboxes(slug), timing=False)
    lost = {c.name: c for c in result.checks if c.verdict is not Verdict.ACCEPTED and not c.neutral}
    missing = {name for name, check in lost.items() if check.verdict is Verdict.NOT_DEFINED}
    named = {n: c.misconception and c.misconception.slug for n, c in lost.items() if n not in missing}
    spaces = {named.pop(name) for name in list(named) if name.startswith("any_")}  # what is wrong shows there too
    assert missing == not_handed_in(path, exercise)
    assert named == LOST[listing, slug]
    assert spaces <= {None, *named.values()}
    assert result.unloaded is None


def test_every_listing_is_handed_in():
    assert {path.stem for path in LISTINGS.glob("*.py")} == {listing for listing, _ in LOST}


def test_whatever_is_lost_is_explained_at_least_once():
    assert all(any(names.values()) for names in LOST.values() if names)
