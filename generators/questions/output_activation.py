"""Which output layer and loss belong to a task."""

from generators.authoring import Match, Stream, about, drawn

LAYERS = {
    "softmax over the classes, cross-entropy": [
        "which one of ten digits an image shows", "which of six soils a photo shows, each photo one soil",
        "which of 1000 breeds a dog belongs to, each dog to one"],
    "one sigmoid, binary cross-entropy": [
        "whether an X-ray shows a fracture or none", "whether two signatures are by the same hand",
        "the probability that a patient returns within a month"],
    "a sigmoid for each label, binary cross-entropy of each": [
        "all the objects of 20 kinds that an image holds, none or many", "all genres of a film from its poster",
        "which of 14 findings an X-ray shows, several at once"],
    "linear, squared error": [
        "tomorrow's temperature in degrees, also below zero", "how far, in metres, a car is left or right of its lane",
        "the change of a share's price, up or down"],
    "exponential, so that it is positive, error of the logarithm": [
        "the price of a house, never negative, errors counted in percent", "how many times brighter one star is than "
        "another",
        "how many people a crowd has, where twice as many is as wrong as half"],
    "tanh, squared error": ["a steering value between −1 and 1", "the cosine of an angle", "a sound sample from −1 to "
    "1"],
    "softmax at every pixel, cross-entropy added over pixels": [
        "for every pixel, whether it is road, car or sky", "an organ's outline: each pixel is organ, bone or other",
        "a land map: water, field or forest at every pixel"],
}


def choice(draw: Stream) -> list[list[int]]:
    """Four layers with one task each, and a fifth whose task is not asked."""
    return [[i, draw.below(3)] for i in draw.sample(range(len(LAYERS)), 5)]


@about("activation functions", "Understand", "beginner", kinds="MATCH", minutes=2)
@drawn(chosen=choice)
def question(chosen: list[list[int]]) -> Match:
    names = list(LAYERS)
    pairs = {LAYERS[names[i]][k]: names[i] for i, k in chosen[:-1]}
    steps = [f"To predict {task}: {layer}." for task, layer in pairs.items()]
    return Match("A network shall predict what stands on the left. Match each task with its output activation and loss "
                 "(one is left over).", pairs, steps, [names[chosen[-1][0]]])
