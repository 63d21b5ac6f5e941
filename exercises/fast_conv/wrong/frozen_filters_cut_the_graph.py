"""No gradient through frozen filters

You record for autograd only where weight asks for a gradient. A layer whose filters are frozen still has to hand
the gradient on to its input: leave that to autograd.
"""

from torch.nn import functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    """Every filter is laid on every window of the zero-padded x, as one matrix product.

    y[n, o, i, j] = bias[o] + sum over c, m, k of x[n, c, i*S + m, j*S + k] * weight[o, c, m, k].
    x (N, C, H, W), weight (C_out, C, Fh, Fw), bias (C_out,) → (N, C_out, H_out, W_out).
    """
    N, _, H, W = x.shape
    C_out, _, Fh, Fw = weight.shape
    H_out = (H - Fh + 2 * padding) // stride + 1
    W_out = (W - Fw + 2 * padding) // stride + 1
    if not weight.requires_grad:
        x = x.detach()
    columns = F.unfold(x, (Fh, Fw), padding=padding, stride=stride)  # (N, C*Fh*Fw, H_out*W_out)
    y = weight.reshape(C_out, -1) @ columns  # (N, C_out, H_out*W_out)
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(N, C_out, H_out, W_out)
