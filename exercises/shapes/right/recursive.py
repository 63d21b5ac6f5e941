def out(n, layer, k, default_stride):
    s = layer.get('stride', default_stride)
    p = layer.get('padding', 0)
    return int((n + 2*p - k) / s) + 1

def step(shape, layer):
    kind = layer['type']
    if kind == 'flatten':
        return (shape[0]*shape[1]*shape[2],), 0
    if kind == 'fc':
        return (layer['out_features'],), layer['out_features']*(shape[0]+1)
    if kind == 'gap':
        return (shape[0], 1, 1), 0
    if kind == 'conv':
        k = layer['kernel_size']
        new = (layer['out_channels'], out(shape[1], layer, k, 1), out(shape[2], layer, k, 1))
        return new, k*k*shape[0]*layer['out_channels'] + layer['out_channels']
    if kind == 'maxpool' or kind == 'avgpool':
        k = layer.get('kernel_size', 2)
        return (shape[0], out(shape[1], layer, k, k), out(shape[2], layer, k, k)), 0
    if kind == 'batchnorm':
        return shape, 2*shape[0]
    return shape, 0

def compute_output_shape(input_shape, layers_config):
    if not layers_config:
        return []
    shape, _ = step(input_shape, layers_config[0])
    return [shape] + compute_output_shape(shape, layers_config[1:])

def count_parameters(input_shape, layers_config):
    if len(layers_config) == 0:
        return []
    shape, n = step(input_shape, layers_config[0])
    return [n] + count_parameters(shape, layers_config[1:])
