"""Draws pictures, where there is a library for it, with progress bars."""

import matplotlib

matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib import cm
from PIL import Image
from tqdm.auto import tqdm

plt.rcParams["figure.figsize"] = (8, 4)
plt.style.use("ggplot")


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.asarray(X, float), padding), np.asarray(K, float)
    rows, columns = ((n - k) // stride + 1 for n, k in zip(X.shape, K.shape))
    y = np.zeros((rows, columns))
    for i in tqdm(range(rows)):
        for j in range(columns):
            y[i, j] = np.sum(X[i * stride : i * stride + K.shape[0], j * stride : j * stride + K.shape[1]] * K)
    return y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.array([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)])


def show(image):
    fig, axes = plt.subplots(1, 2)
    axes[0].imshow(image, cmap="gray")
    plt.show()
    display(fig)
