"""What units of early, middle and late layers respond to, and what they see of the picture."""

from generators.authoring import Match, Stream, about, drawn

LEVELS = {
    "a unit of the first convolution": [
        "a patch answers it if it has a bright stripe that runs upwards", "a few pixels: a change from red to green",
        "weights that can be shown as a small picture: stripes and spots of colour"],
    "a unit some layers further": [
        "patches with honeycomb, mesh or fur, wherever they lie", "a corner or an arc put together from edges",
        "repeated stripes: a texture, but no thing yet"],
    "a unit of the middle layers": [
        "wheels, eyes or beaks, as parts of different things", "a round thing with spokes, on cars and on bicycles",
        "the muzzle of a dog, also where the rest is hidden"],
    "a unit of the last convolution": [
        "whole dogs in different poses", "nearly the whole picture: a church with its surroundings",
        "faces of people, large and small, from many sides"],
    "an output unit": [
        "one number for a class, with no place in the picture", "the score of “tabby cat”", "evidence for one class "
        "from all maps"],
}


def choice(draw: Stream) -> list[list[int]]:
    """Four of the levels, each with one of its descriptions."""
    return [[i, draw.below(3)] for i in draw.sample(range(len(LEVELS)), 4)]


@about("features", "Understand", "beginner", kinds="MATCH", minutes=1.5)
@drawn(chosen=choice)
def question(chosen: list[list[int]]) -> Match:
    names = list(LEVELS)
    pairs = {names[i]: LEVELS[names[i]][k] for i, k in sorted(chosen)}
    return Match("Match units of a deep network for photos with what they typically respond to (from edges to things; "
                 "each is used once).", pairs, [f"{name}: {what}." for name, what in pairs.items()])
