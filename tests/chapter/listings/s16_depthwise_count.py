# Exercise B5 of section 22 as a function: the pointwise stage always has biases, the depthwise one never (E16).
def separable_params(C_in, C_out, F, bias=False):
    depthwise = F * F * C_in
    pointwise = C_in * C_out + C_out
    return depthwise + pointwise
