"""One shuffle for all, then each image goes where its rank within its class says; counts by a dictionary.

Source: Stack Overflow, "Stratified Train/Test-split in scikit-learn", answers without scikit-learn.
Expect: full marks
"""
import random
from collections import Counter, defaultdict


def split_indices(labels, seed=0):
    labels = [int(label) for label in labels]
    total, rank = Counter(labels), defaultdict(int)
    order = list(range(len(labels)))
    random.Random(seed).shuffle(order)
    parts = [], [], []
    for index in order:
        label = labels[index]
        share = (rank[label] + 0.5) / total[label]
        parts[0 if share < 0.7 else 1 if share < 0.85 else 2].append(index)
        rank[label] += 1
    return parts


def confusion_matrix(y_true, y_pred, num_classes):
    pairs = Counter(zip(map(int, y_true), map(int, y_pred)))
    return [[pairs[t, p] for p in range(num_classes)] for t in range(num_classes)]
