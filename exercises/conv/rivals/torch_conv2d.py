"""torch's own convolution"""

import torch


def conv2d(X, K, stride=1, padding=0):
    """The library's, called with arrays."""
    image, kernel = torch.from_numpy(X)[None, None], torch.from_numpy(K)[None, None]
    return torch.nn.functional.conv2d(image, kernel, stride=stride, padding=padding)[0, 0].numpy()
