"""Monte Carlo dropout: how sure is the network of its answer?"""


def mc_dropout_predict(model, x, runs=10):
    """Mean and spread of the predicted probabilities over several passes with dropout switched on.

    model: an nn.Module that returns logits (N, K)
    x: (N, C, H, W)
    runs: number of passes

    Returns (mean, std), both (N, K); std is the population standard deviation (divide by `runs`).
    The model is left as it was found.
    """
    raise NotImplementedError
