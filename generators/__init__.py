"""Parameterised exam questions on convolutional neural networks: drawing, keys, misconceptions, marking."""
