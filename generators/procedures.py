"""Procedures of the course, step by step."""

from __future__ import annotations

PROCEDURES: dict[str, tuple[str, list[str], tuple[int, int], str]] = {
    "size": ("Derive the output size of a convolution (width W, filter F, padding P per side, stride S).",
             ["The padded input is W + 2P pixels wide.", "The first window covers pixels 0 to F − 1.",
              "So its left edge can move over W + 2P − F pixels.", "In steps of S these are ⌊(W + 2P − F)/S⌋ moves.",
              "With the start position: ⌊(W + 2P − F)/S⌋ + 1 outputs."], (3, 4),
              "The 1 is added after dividing by the stride."),
    "gradcam": ("Compute a Grad-CAM map.",
                ["Run the image forward and keep the layer's feature maps.",
                 "Choose the score of the class, before softmax.",
                 "Backpropagate it to the feature maps.", "Average each map's gradient over its positions: the "
                 "weights.",
                 "Add the maps with these weights.", "Set negative values to 0.",
                 "Enlarge the map to the image's size."],
                (4, 5), "ReLU comes after the weighted sum, so that negative weights can count against."),
    "basic": ("The main path of a basic residual block (post-activation) from input to output.",
              ["3×3 convolution.", "First batch normalisation.", "First ReLU.", "Another 3×3 convolution.",
               "Second batch normalisation.", "Addition of the shortcut.", "Last ReLU."], (5, 6),
               "The last ReLU follows the addition."),
    "preact": ("The main path of a pre-activation residual block from input to output.",
               ["Batch normalisation of the block's input.", "ReLU, then the first 3×3 convolution.",
                "Batch normalisation of its output.", "ReLU, then the second 3×3 convolution.",
                "Addition of the shortcut."],
               (3, 4), "Nothing follows the addition: normalisation and ReLU come before each convolution."),
    "pattern": ("A classic convolutional classifier from image to class probabilities.",
                ["Convolution.", "ReLU on the feature maps.", "Pooling.", "Flatten.", "Fully connected layer.",
                 "Softmax."],
                (2, 3), "Pooling needs maps: flatten after it."),
    "training": ("One step of training with minibatch gradient descent.",
                 ["Clear the gradients of the step before.", "Run the batch forward.", "Compute the loss.",
                  "Backpropagate the loss.", "Move the parameters against their gradients."], (3, 4),
                  "Gradients first, then the move."),
}
"""Title, steps in order, two neighbours that are often exchanged (from 0), and why they may not be."""
