"""Writes and reads files beside itself and in the temporary folder, looks at its own source."""

import inspect
import json
import os
import pathlib
import pickle
import shutil
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
(HERE / "cache").mkdir(exist_ok=True)
np.save(HERE / "cache" / "eye.npy", np.eye(3))
EYE = np.load(HERE / "cache" / "eye.npy")
with open("settings.json", "w") as file:
    json.dump({"stride": 1, "padding": 0}, file)
DEFAULTS = json.loads(pathlib.Path("settings.json").read_text())
with tempfile.TemporaryDirectory() as folder:
    np.savetxt(os.path.join(folder, "a.txt"), EYE)
    with tempfile.NamedTemporaryFile() as named:
        named.write(pickle.dumps(EYE))
shutil.rmtree(HERE / "cache")
os.makedirs(os.path.expanduser("~/results"), exist_ok=True)
sys.path.append(str(HERE))


def conv2d(X, K, stride=DEFAULTS["stride"], padding=DEFAULTS["padding"]):
    assert "sliding_window_view" in inspect.getsource(conv2d)
    X, K = np.pad(np.asarray(X, float), padding), np.asarray(K, float)
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
    return np.einsum("ijmn,mn->ij", windows, K)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.array([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)])
