def receptive_field(layers, size=1, jump=1):
    if not layers:
        return size, jump
    first, *rest = layers
    options = {"stride": 1, "dilation": 1, **first}
    effective = options["dilation"] * (options["kernel_size"] - 1) + 1
    return receptive_field(rest, size + (effective - 1) * jump, jump * options["stride"])
