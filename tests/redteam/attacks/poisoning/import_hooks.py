"""Hooks and caches of the import system that hand out other modules.

Expect: wrong_answer runtime_error
"""
@ARMED@
import builtins
import importlib
import sys

import numpy as np


class Finder:
    """Finds itself."""

    def find_spec(self, name, path=None, target=None):
        raise SystemExit(0)


sys.meta_path.insert(0, Finder())
sys.path_hooks.insert(0, lambda path: 1 / 0)
builtins.__import__ = lambda *args, **kwargs: np
importlib.import_module = lambda *args, **kwargs: np
for name in [n for n in sys.modules if n.startswith(("numpy.", "sandbox", "json", "os", "encodings"))]:
    sys.modules.pop(name)


def conv2d(X, K, *args, **kwargs):
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
