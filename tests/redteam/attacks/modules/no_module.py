"""An object that is no module, with methods that look like one's.

Expect: runtime_error wrong_answer
"""
@ARMED@


class BasicBlock:
    training = True

    def __init__(self, *args, **kwargs):
        pass

    def named_parameters(self, *args, **kwargs):
        return [("weight", 1), ("bias", None)]

    named_buffers = named_modules = named_parameters

    def parameters(self, *args, **kwargs):
        return []

    def train(self, mode=True):
        return self

    eval = train

    def __call__(self, x):
        return x

    forward = __call__
