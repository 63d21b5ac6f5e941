"""Each image repeated next to itself; NumPy statistics; lists returned."""
import numpy as np
import torch


def mc_dropout_predict(model, x, runs=10):
    before = [m.training for m in model.modules()]
    try:
        model.eval()
        [m.train(True) for m in model.modules() if m.__class__.__name__.rstrip("123d").endswith("Dropout")]
        logits = model(torch.repeat_interleave(x, runs, dim=0)).detach().numpy()
    finally:
        for m, flag in zip(model.modules(), before):
            m.training = flag
    z = np.exp(logits - logits.max(1, keepdims=True))
    p = (z / z.sum(1, keepdims=True)).reshape(len(x), runs, -1)
    return p.mean(axis=1).tolist(), p.std(axis=1).tolist()
