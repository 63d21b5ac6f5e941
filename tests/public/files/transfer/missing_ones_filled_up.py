"""Rounded shares can be too large; what is "missing" is then a slice with a negative end, and indices come twice.

Source: scikit-learn/scikit-learn issue 6121, "StratifiedShuffleSplit generates overlapping train and test indices".
Expect: loses
"""
import numpy as np


def split_indices(labels, seed=0):
    labels = np.asarray(labels)
    rng = np.random.RandomState(seed)
    n_train, n_val = int(round(0.7 * len(labels))), int(round(0.15 * len(labels)))
    train, val, test = [], [], []
    for label in np.unique(labels):
        found = rng.permutation(np.where(labels == label)[0])
        a, b = int(np.ceil(0.7 * len(found))), int(np.ceil(0.15 * len(found)))
        train.extend(found[:a])
        val.extend(found[a:a + b])
        test.extend(found[a + b:])
    missing = rng.permutation(np.setdiff1d(np.arange(len(labels)), train + val))
    train.extend(missing[:n_train - len(train)])
    val.extend(missing[:n_val - len(val)])
    return np.array(train), np.array(val), np.array(test, dtype=int)
