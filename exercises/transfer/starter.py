"""Transfer learning: a new head on a pretrained backbone, trained in three phases."""

import numpy as np


def build_classifier(backbone, num_classes=6):
    """Replace the backbone's fc by a new head: Linear(in, 256), ReLU, Dropout(0.4), Linear(256, num_classes).

    backbone: an nn.Module with layer1, layer2, layer3, layer4 (sequences of blocks) and fc (a Linear)

    Returns the model: images (N, 3, H, W) -> logits (N, num_classes).
    """
    raise NotImplementedError


def set_phase(model, phase):
    """Freeze and unfreeze the model for a phase, and make the optimizer for it.

    Phase 1 trains fc, phase 2 also layer4, phase 3 everything. In the frozen part batch norm's running statistics must
    not move, even after model.train(); the trained part is in training mode then.

    Returns an Adam optimizer over exactly the trainable parameters; learning rate 1e-3, 1e-4, 1e-5 in phase 1, 2, 3.
    """
    raise NotImplementedError


def split_indices(labels, seed=0):
    """Stratified split of the indices 0 ... N-1 into 70 % training, 15 % validation, 15 % test.

    labels: (N,) integer classes

    Returns three sequences of indices: train, validation, test. The same seed gives the same split, another
    seed another one (but for a handful of labels).
    """
    raise NotImplementedError


def confusion_matrix(y_true, y_pred, num_classes):
    """Counts (num_classes, num_classes): entry [i, j] is how often class i was taken for class j."""
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_transfer.py; the grader does not run it
    y_true, y_pred = np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 0, 0])
    print(confusion_matrix(y_true, y_pred, num_classes=3))  # [[1, 1, 0], [0, 1, 0], [2, 0, 1]]
