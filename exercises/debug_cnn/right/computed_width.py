"""Measures the width with a trial image and keeps `features` and `classifier` apart."""
import torch
from torch import nn


class FixedCNN(nn.Module):
    def __init__(self, num_classes: int = 10):
        super().__init__()
        self.features = nn.Sequential()
        for c_in, c_out in [(1, 16), (16, 32)]:
            self.features.extend([nn.Conv2d(c_in, c_out, 5), nn.ReLU(), nn.MaxPool2d(2)])
        with torch.no_grad():
            width = self.features(torch.zeros(1, 1, 28, 28)).numel()
        self.classifier = nn.Linear(width, num_classes)

    def forward(self, x):
        print("features:", self.features(x).shape)
        return self.classifier(torch.flatten(self.features(x), start_dim=1))


if __name__ == "__main__":
    print(FixedCNN())
