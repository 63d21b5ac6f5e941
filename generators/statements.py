"""Statements that are right, and claims that are often made and wrong, theme by theme."""

from __future__ import annotations

from collections.abc import Callable

from .authoring import Line, Stream, Which

LINES = 4
RIGHT: dict[str, list[str]] = {
    "convolution": [
        "PyTorch and TensorFlow compute cross-correlations: no filter is flipped.",
        "Inside the map, stride-1 convolutions are equivariant to shifts.",
        "A filter of an ordinary convolution spans all input channels.",
        "A convolution layer has as many output channels as filters.",
        "A convolution's number of parameters is the same for every image size.",
        "A 1×1 convolution mixes the channels of one position at a time.",
        "Two convolutions without biases or activations make one linear map.",
        "A unit behind two 3×3 layers of stride 1 sees 5×5 pixels.",
        "A filter as large as its input acts like a fully connected unit.",
    ],
    "pooling": [
        "Max and average pooling have nothing to learn.",
        "Pooling acts on each channel alone and keeps their number.",
        "2×2 pooling with stride 2 keeps a quarter of an 8×8 map's values.",
        "Max pooling hands a window's gradient to its single largest entry.",
        "A shift by one pixel can change the output of 2×2 max pooling.",
        "Behind global average pooling a head fits every image size.",
        "A convolution with stride 2 can take the place of pooling.",
        "Pooling with stride 2 widens, in input pixels, what later layers see.",
    ],
    "residual": [
        "For a scalar x, F(x) + x has the derivative dF/dx + 1.",
        "A branch that gives 0 turns the sum F(x) + x into the identity.",
        "A 1×1 convolution on the shortcut can adapt the channels.",
        "Where dF/dx = −1, the derivative of F(x) + x is 0.",
        "An identity shortcut has no parameters to be learned.",
        "In a pre-activation block no activation follows the addition.",
        "Degradation of very deep plain networks shows in the training error.",
        "The forward pass computes all blocks of a residual network.",
    ],
    "transfer": [
        "Early layers detect features that many image tasks share.",
        "Where the backbone is frozen, only the new head is trained.",
        "A task with another number of classes usually gets a new last layer.",
        "Pretrained layers usually get a smaller rate than a new head.",
        "With frozen weights, batch norm in training mode still moves its statistics.",
        "An optimiser does not move parameters that it was never given.",
        "Images should be normalised as they were for pretraining.",
        "A frozen backbone in evaluation mode gives an image the same features each time.",
    ],
}
WRONG: dict[str, list[tuple[str, str, str]]] = {
    "convolution": [
        ("PyTorch and TensorFlow turn the filter by 180 degrees before they multiply.", "kernel-flipped",
         "They correlate; a learned filter does not care which way round it is stored."),
        ("A convolution is invariant to shifts: its output stays the same.", "invariance-for-equivariance",
         "The output moves along with the image: equivariance."),
        ("Padding P = 1 keeps the size for every filter at stride 1.", "same-means-one",
         "It takes (F − 1)/2, which is 1 for 3×3 only."),
        ("Each output channel of an ordinary convolution sees one input channel only.", "depthwise-for-ordinary",
         "It sums over all input channels; depthwise convolutions see one."),
        ("Two stacked 3×3 convolutions of one channel each can imitate every 5×5 convolution.",
         "same-field-same-function",
         "Without activation: 9 + 9 − 1 = 17 degrees of freedom, not 25. Four channels in between would do."),
        ("More filters in a layer always improve the accuracy on new images.", "more-is-better",
         "Capacity and cost grow; whether accuracy does depends on data and regularisation."),
        ("The same convolution layer needs more weights for larger images.", "no-weight-sharing",
         "Its filters serve all positions, however many there are."),
        ("A 1×1 convolution copies its input, as it sees a single pixel.", "one-by-one-copies",
         "It takes weighted sums of the channels at each position."),
        ("Each 1×1 convolution widens the receptive field by one pixel.", "one-by-one-widens",
         "It adds F − 1 = 0 pixels."),
    ],
    "pooling": [
        ("Max pooling makes a network exactly invariant to all shifts.", "exact-invariance",
         "Only while maxima stay in their windows; across a border the output changes."),
        ("Max pooling learns one weight for each of its channels.", "pooling-weights",
         "A maximum has nothing to learn."),
        ("2×2 pooling with stride 2 halves the number of channels.", "channels-halved",
         "Channels are pooled one by one and stay."),
        ("A CNN cannot become smaller towards its end without pooling.", "pooling-needed",
         "Strided convolutions downsample as well."),
        ("Average pooling hands a window's whole gradient to its largest entry.", "max-for-average",
         "Each entry receives an equal share."),
        ("2×2 pooling with stride 2 keeps half of the values of an 8×8 map.", "half-for-quarter",
         "Both sides are halved: a quarter is left."),
        ("Global average pooling gives one value for each position of the map.", "positions-for-channels",
         "It averages over positions: one value per channel."),
        ("Max pooling is a linear function of its input, like averaging.", "max-linear",
         "max(a + b) is not max a + max b; average pooling is linear."),
        ("Global average pooling of a 7×7×512 map gives 49 values.", "gap-over-channels",
         "It gives 512 values, one per channel."),
    ],
    "residual": [
        ("The shortcut makes the derivative of every block at least 1.", "gradient-at-least-one",
         "dF/dx may be negative: where it is −1, the block's derivative is 0."),
        ("The forward pass leaves out the blocks that a skip connection bridges.", "shallower",
         "All blocks are computed; what is short are some paths, forwards and backwards."),
        ("An identity shortcut has a weight per channel.", "shortcut-weights",
         "It only passes x on."),
        ("In the basic block, the shortcut is added after the last ReLU.", "addition-after-relu",
         "The addition comes first, then the last ReLU."),
        ("The shortcut's channels are concatenated to the branch's.", "concatenation-for-addition",
         "They are added; DenseNet concatenates."),
        ("F(x) and x can be added whatever their numbers of channels are.", "shapes-ignored",
         "Addition needs equal shapes, hence projection shortcuts."),
        ("Very deep plain networks do worse by overfitting.", "degradation-is-overfitting",
         "Their training error is higher too, so it is not overfitting."),
        ("Every residual block has a bottleneck of 1×1 convolutions.", "always-bottleneck",
         "The basic block has two 3×3 convolutions."),
        ("For a scalar x, F(x) + x has the derivative dF/dx · x.", "product-for-sum",
         "The derivative of a sum is the sum: dF/dx + 1."),
    ],
    "transfer": [
        ("Transfer learning helps only if both tasks show similar images.", "similar-only",
         "Early features are general; they help across domains, if less."),
        ("Setting requires_grad = True puts a parameter into an existing optimiser.", "optimiser-follows",
         "The optimiser keeps the list that it was built with."),
        ("A frozen layer is no part of the network.", "frozen-is-removed",
         "They stay and are used; they only get no updates."),
        ("Freezing the backbone removes its cost from the forward pass.", "frozen-is-free",
         "Its features still have to be computed; the backward pass becomes cheaper."),
        ("The old head gives probabilities of classes that pretraining did not have.", "old-head-kept",
         "Its outputs stand for the old classes: a new head has to be trained."),
        ("Fine-tuning should begin at a larger rate than training from scratch.", "larger-rate",
         "Large steps destroy what pretraining has found."),
        ("Fine-tuning all layers is always better than training the head alone.", "all-layers-always",
         "With few images it may overfit."),
        ("Late layers are more general than early ones.", "late-is-general",
         "Late layers are the most specific to the old task."),
        ("Calling eval() freezes all weights of a network.", "eval-freezes",
         "It switches dropout and batch norm; weights are frozen by requires_grad = False."),
    ],
}


def chosen(theme: str) -> Callable[[Stream], list[list[int]]]:
    """Recipe: which right and which wrong statements, one to three of the four being right."""

    def recipe(draw: Stream) -> list[list[int]]:
        right = draw.integer(1, LINES - 1)
        return [sorted(draw.sample(range(len(RIGHT[theme])), right)),
                sorted(draw.sample(range(len(WRONG[theme])), LINES - right))]  # fmt: skip

    return recipe


def which(theme: str, about: str, picked: list[list[int]]) -> Which:
    """The question with these statements; its solution goes through them one by one."""
    right = [Line(RIGHT[theme][i]) for i in picked[0]]
    wrong = [Line(*WRONG[theme][i]) for i in picked[1]]
    steps = [f"Right: {line.text}" for line in right] + [f"Wrong: {line.text} {line.why}" for line in wrong]
    return Which(f"What is true of {about}?", [*right, *wrong], steps)
