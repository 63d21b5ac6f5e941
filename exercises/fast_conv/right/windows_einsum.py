import torch


class FastConvolution:
    """A callable object; windows by Tensor.unfold."""

    def __call__(self, x, weight, bias=None, stride=1, padding=0):
        windows = self.pad(x, padding)
        for axis, size in zip((2, 3), weight.shape[2:]):
            windows = windows.unfold(axis, size, stride)
        y = torch.tensordot(windows, weight, dims=([1, 4, 5], [1, 2, 3])).movedim(-1, 1)
        return y if bias is None else torch.add(y, bias.view(-1, 1, 1))

    @staticmethod
    def pad(x, p):
        if p == 0:
            return x
        wide = torch.cat([x.new_zeros(*x.shape[:3], p), x, x.new_zeros(*x.shape[:3], p)], dim=3)
        row = wide.new_zeros(*wide.shape[:2], p, wide.shape[3])
        return torch.cat([row, wide, row], dim=2)


conv2d = FastConvolution()
