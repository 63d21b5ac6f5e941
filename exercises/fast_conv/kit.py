"""What the checks of `fast_conv` do with a convolution."""

import torch

DEPTH = 8
ELSEWHERE = (
    "this works on the CPU and not on another device. Make every new tensor where x is, as in "
    "torch.zeros(..., device=x.device) or x.new_zeros(...), and take no numbers out of tensors"
)


def gradients(conv2d, cotangent, x, weight, bias=None, stride=1, padding=0, only=None):
    """The output, and the gradients of the inputs for this gradient of the output; None where nothing flows.

    With `only` no other input asks for a gradient.
    The output's gradient is taken from `cotangent`, a row of numbers, so that any shape of output will do.
    """
    inputs = {"x": x, "weight": weight} | ({} if bias is None else {"bias": bias})
    asked = {name: tensor for name, tensor in inputs.items() if only in (None, name)}
    for tensor in asked.values():
        tensor.requires_grad_()
    y = conv2d(x.view_as(x), weight, bias, stride, padding)  # x comes from another layer, as in a network
    result = {"output": y.detach()} | {f"gradient of {name}": None for name in inputs}
    if not y.requires_grad:
        return result
    dy = cotangent[torch.arange(y.numel()) % len(cotangent)].reshape(y.shape).to(y.dtype)
    found = torch.autograd.grad(y, list(asked.values()), dy, allow_unused=True)
    return result | {f"gradient of {name}": gradient for name, gradient in zip(asked, found, strict=True)}


def in_training(conv2d, x, weight, bias, asking):
    """The output, and what autograd keeps of the inputs after the call: whether they ask for gradients, and have some.

    Each has one from before, three times its values.
    """
    inputs = {"x": x, "weight": weight, "bias": bias}
    for tensor in inputs.values():
        tensor.requires_grad_().grad = 3 * tensor.detach()
        tensor.requires_grad_(asking)
    with torch.set_grad_enabled(asking):
        y = conv2d(**inputs).detach()
    kept = {name: {"requires_grad": t.requires_grad, "grad": t.grad} for name, t in inputs.items()}
    return {"output": y, **kept}


def device_of_result(conv2d, device, x, weight, bias, stride, padding):
    """The device and shape of the result for inputs on this one: "cpu", or "meta", where tensors have no numbers.

    The gradients are asked for as well. Raises RuntimeError, or the TypeError that NumPy causes, where either fails.
    """
    inputs = [tensor.to(device).requires_grad_() for tensor in (x, weight, bias)]
    try:
        y = conv2d(*inputs, stride, padding)
        if y.requires_grad:
            torch.autograd.grad(y, inputs, torch.empty_like(y), allow_unused=True)
    except Exception as error:
        if device == "cpu":
            raise
        kind = TypeError if isinstance(error, TypeError) else RuntimeError
        raise kind(f"{ELSEWHERE} (PyTorch: {error})") from error
    return {"device": y.device.type, "shape": list(y.shape)}


def network(conv2d, x, first, middle, last):
    """Ten layers with ReLU between them: little goes to a GPU and back, much is computed there."""
    y = torch.relu(conv2d(x, first, padding=1))
    for _ in range(DEPTH):
        y = torch.relu(conv2d(y, middle, padding=1))
    return conv2d(y, last, padding=1)
