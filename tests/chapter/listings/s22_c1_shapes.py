# Exercise C1 of section 22: the shape after every layer. Parameters are not asked for there.
def compute_output_shape(input_shape, layers_config):
    shapes = []
    shape = input_shape
    for layer in layers_config:
        if layer['type'] == 'conv':
            C, H, W = shape
            F, S, P = layer['kernel_size'], layer.get('stride', 1), layer.get('padding', 0)
            shape = (layer['out_channels'], (H - F + 2 * P) // S + 1, (W - F + 2 * P) // S + 1)
        elif layer['type'] in ('maxpool', 'avgpool'):
            C, H, W = shape
            F = layer.get('kernel_size', 2)
            S, P = layer.get('stride', F), layer.get('padding', 0)
            shape = (C, (H - F + 2 * P) // S + 1, (W - F + 2 * P) // S + 1)
        elif layer['type'] == 'gap':
            shape = (shape[0], 1, 1)
        elif layer['type'] == 'flatten':
            total = 1
            for size in shape:
                total *= size
            shape = (total,)
        elif layer['type'] == 'fc':
            shape = (layer['out_features'],)
        shapes.append(shape)
    return shapes
