"""Magnitude pruning, and the search for a lottery ticket."""

import numpy as np


def prune_smallest(weights, masks, fraction=0.2):
    """Prune the smallest surviving weights of each tensor.

    weights: dict name -> array
    masks: dict name -> array of the same shape, true (or 1) where the weight is alive
    fraction: share of each tensor's surviving weights to prune; the count is rounded down

    Returns a new dict of masks. Masks of one dimension (biases, batch norm) come back unchanged.
    """
    raise NotImplementedError


def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    """Iterative magnitude pruning with rewinding.

    model: an nn.Module; its values at the time of the call are the initial ones
    train_fn: train_fn(model) trains the model in place
    rounds: number of rounds: rewind and mask, train, prune

    Returns a list with the masks after each round. At the end the model's pruned weights are zero.
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_pruning.py; the grader does not run it
    weights = {"W": np.array([[0.4, -0.1, 2.0], [-3.0, 0.2, -0.5]])}
    masks = prune_smallest(weights, {"W": np.ones((2, 3), dtype=bool)}, fraction=0.3)
    print(masks["W"].astype(int))  # [[1, 0, 1], [1, 1, 1]]
    print(prune_smallest(weights, masks, fraction=0.3)["W"].astype(int))  # [[1, 0, 1], [1, 0, 1]]
