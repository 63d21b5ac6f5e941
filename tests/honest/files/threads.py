"""Threads, used honestly, and imports of all that has to do with processes."""

import asyncio
import multiprocessing
import os
import socket
import subprocess
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np

lock = threading.Lock()
done = {}
WORKERS = min(16, 4 * (os.cpu_count() or 1), 4 * multiprocessing.cpu_count() + 8)


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.asarray(X, float), padding), np.asarray(K, float)
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]

    def row(i):
        with lock:
            done[i] = done.get(i, 0) + 1
        return np.einsum("jmn,mn->j", windows[i], K)

    with ThreadPoolExecutor(WORKERS) as pool:
        return np.array(list(pool.map(row, range(len(windows)))))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    results = [None] * len(K)

    def fill(o):
        results[o] = sum(conv2d(x, k, stride, padding) for x, k in zip(X, K[o])) + b[o]

    threads = [threading.Thread(target=fill, args=(o,)) for o in range(len(K))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return np.stack(results)
