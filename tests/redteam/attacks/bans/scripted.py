"""Compiled by torch.jit, which reads the name as text.

Expect: banned_call
Message: which this exercise does not allow
"""
@ARMED@
import torch

unit = torch.jit.CompilationUnit("""
def run(x: Tensor, weight: Tensor, stride: int, padding: int):
    return torch.conv2d(x, weight, None, [stride, stride], [padding, padding])
""")


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return unit.run(x, weight, stride, padding)
