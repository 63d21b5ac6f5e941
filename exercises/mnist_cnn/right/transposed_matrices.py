"""Parameters of its own, matrices stored as (in, out), dropout by hand."""
import torch
from torch import nn
import torch.nn.functional as F
class MNISTConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        P = nn.Parameter
        self.convs = nn.ParameterList()
        cin = 1
        for c in (32, 64, 128):
            self.convs.append(P(torch.randn(c, cin, 3, 3) * (2 / (9 * cin)) ** .5))
            self.convs.append(P(torch.zeros(c)))
            self.convs.append(P(torch.ones(c)))
            self.convs.append(P(torch.zeros(c)))
            self.register_buffer(f"mean{c}", torch.zeros(c))
            self.register_buffer(f"var{c}", torch.ones(c))
            cin = c
        self.W1, self.b1 = P(torch.randn(512, 128) * .05), P(torch.zeros(128))
        self.W2, self.b2 = P(torch.randn(128, 10) * .05), P(torch.zeros(10))
    def forward(self, x):
        for i, (c, p) in enumerate([(32, 1), (64, 1), (128, 0)]):
            w, b, g, s = self.convs[4 * i:4 * i + 4]
            x = F.conv2d(x, w, b, padding=p)
            x = F.batch_norm(x, getattr(self, f"mean{c}"), getattr(self, f"var{c}"), g, s, self.training, 0.1, 1e-5)
            x = F.max_pool2d(F.relu(x), 2)
        h = F.relu(x.flatten(1) @ self.W1 + self.b1)
        if self.training:
            keep = (torch.rand_like(h) >= 0.3).to(h)
            h = h * keep / 0.7
        return h @ self.W2 + self.b2
