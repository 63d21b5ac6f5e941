"""Grad-CAM: which parts of the image speak for a class."""


def grad_cam(model, img_tensor, target_class, target_layer):
    """Grad-CAM heat map of one image for one class.

    model: an nn.Module that returns logits (1, K)
    img_tensor: (1, C, H, W)
    target_class: int, the class whose map is wanted
    target_layer: a part of the model with output (1, C', h, w), for example model.features[3]

    Returns a float array (H, W) in [0, 1]; a constant map gives zeros. The model is left as it was found.
    """
    raise NotImplementedError
