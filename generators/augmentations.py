"""Which changes of an image keep its label, task by task. Only clear cases: what is debatable is left out."""

from __future__ import annotations

CHANGES = {
    "shift": "moved by two pixels", "turn": "turned by 5 degrees", "bright": "made a little brighter",
    "noise": "given faint noise", "crop": "cropped by a twentieth at each edge", "mirror": "mirrored left to right",
    "upside": "turned by 180 degrees", "quarter": "turned by 90 degrees",
    "hue": "shifted in hue by a third of the circle",
    "grey": "turned into grey values", "blur": "blurred until nothing fine is left",
    "zoom": "cropped to a tenth of its sides",
}  # fmt: skip
"""Name: what is done to the image."""

TASKS: dict[str, tuple[str, str, dict[str, str]]] = {
    "digits": ("handwritten digits, 28×28 pixels, by their value", "shift turn bright noise hue", {
        "upside": "A 6 becomes a 9.", "mirror": "A 2 or a 7 in a mirror is no digit that anybody writes.",
        "quarter": "A digit that lies on its side is not what will be read, and a 1 becomes a dash.",
        "zoom": "Of 28 pixels not even three are left."}),
    "soil": ("photos of soil by its type, which shows in its colour", "shift turn bright mirror upside quarter noise", {
        "hue": "Red and black soils differ by their colour.", "grey": "Grey values no longer hold the colour."}),
    "arrows": ("road signs with an arrow by its direction", "shift turn bright noise hue", {
        "mirror": "Left becomes right.", "upside": "Left becomes right, ahead becomes back.",
        "quarter": "An arrow to the left then points up or down.", "zoom": "The arrow is cut off."}),
    "pets": ("photos of cats and dogs by the animal", "shift turn bright noise mirror grey crop", {
        "zoom": "A tenth of the sides may hold nothing but grass.",
        "blur": "Fur, eyes and whiskers, which tell them apart, are gone."}),
    "ripe": ("tomatoes by how ripe they are", "shift turn bright noise mirror upside", {
        "hue": "A green tomato becomes a red one, or the other way round.",
        "grey": "Ripeness shows in the colour, which is lost."}),
    "galaxies": ("galaxies by their shape: spiral or round", "shift turn bright noise mirror upside quarter hue", {
        "blur": "The arms of a spiral are gone.", "zoom": "Of the shape nothing is left."}),
    "satellite": ("satellite photos by the use of the land", "shift turn bright noise mirror upside quarter", {
        "zoom": "A single house can stand in a village or in a forest.",
        "blur": "Fields, roofs and trees are told apart by fine texture."}),
    "heart": ("X-rays of the chest by the side on which the heart lies", "shift turn bright noise crop", {
        "mirror": "Left becomes right: the label is the side.", "upside": "Left becomes right.",
        "zoom": "The rest of the chest, which tells the sides, is gone."}),
    "letters": ("printed letters of the Latin alphabet", "shift turn bright noise hue", {
        "mirror": "b becomes d.", "upside": "p becomes d, and n becomes u.", "quarter": "N becomes Z.",
        "zoom": "Most of the letter is cut off."}),
    "lights": ("traffic lights by the lamp that is lit, red, yellow or green", "shift turn bright noise mirror", {
        "hue": "Red becomes green, or green becomes blue.", "upside": "The upper lamp becomes the lower one.",
        "zoom": "The lamp that is lit may be cut off."}),
    "birds": ("birds by their species, some of which differ in colour alone", "shift turn bright noise mirror crop", {
        "hue": "A blue bird becomes a green one: another species.",
        "grey": "Species that differ in colour alone become one.",
        "blur": "Bars and spots of the plumage are gone."}),
    "sharp": ("photos by whether they are sharp or blurred", "shift bright mirror upside quarter hue grey", {
        "blur": "Every photo becomes a blurred one.", "zoom": "What is sharp or not may be cut off."}),
}  # fmt: skip
"""Name: what is to be recognised; changes that keep the label; changes that do not, and why."""
