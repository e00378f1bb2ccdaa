"""Chapter 14: its exercises in their order, and its questions."""

from __future__ import annotations

from grader.exercises import ChapterDefinition
from solutions.ch14_convolution import (
    ConvNet,
    build_conv_classifier,
    conv_backward,
    conv_forward,
    conv_forward_naive,
    conv_output_size,
    max_pool_backward,
    max_pool_forward,
)

chapter = ChapterDefinition(
    "14_convolution",
    "A detector that slides",
    [
        conv_output_size, conv_forward_naive, conv_forward, conv_backward, max_pool_forward,
        max_pool_backward, ConvNet, build_conv_classifier,
    ],
)  # fmt: skip

chapter.number(
    "q_filter_parameters",
    "A convolution takes images with 3 channels, 32 x 32 pixels each, and has 16 filters of 5 x 5 "
    "pixels. With padding, its 16 maps are 32 x 32 as well. How many parameters does it have, "
    "biases included?",
    answer=1216,
    tolerance=0.5,
    why="A filter has 3 * 5 * 5 = 75 weights and a bias, and there are 16 of them: 16 * 76 = "
    "1,216, however large the images are. An affine layer with as many outputs would have more "
    "than 50 million.",
)

chapter.number(
    "q_places",
    "A filter of 5 x 5 moves over an image of 28 x 28 with a stride of 2 and a padding of 1. How "
    "many rows has the map?",
    answer=13,
    tolerance=0.001,
    why="28 + 2 * 1 - 5 = 25 pixels of room, which is 12 moves of 2 and 1 left over; with the "
    "place at the start that makes 13.",
)

chapter.choice(
    "q_moved",
    "A cat moves by 2 pixels to the right, far from the edges of the image, on a black background. "
    "What happens to the map of a filter (stride 1), and to the map after max pooling by 2?",
    options={
        "a": "Both stay as they are: the filter finds the cat wherever it is",
        "b": "The map moves by 2, the pooled one by 1",
        "c": "The map moves by 2, the pooled one stays as it is",
        "d": "Both change altogether, as the scores of a dense network do",
    },
    answer="b",
    why={
        "a": "The same numbers come out, but at other places: a map says where something was "
        "found.",
        "b": "The filter finds the same things two places further on, and a place of the pooled "
        "map stands for two.",
        "c": "A place of the pooled map stands for two of the other, so a move by 2 is a move by "
        "1. What pooling forgets is where inside a window the maximum was.",
        "d": "Each place does the same with what lies under it, so the map only moves along.",
    },
)

chapter.choices(
    "q_way_back",
    "A pixel lies under several places of a filter, and the filter lies on many pixels. Which is "
    "true of the way back?",
    options={
        "a": "The gradient towards a pixel is a sum over the places of the filter that covered it",
        "b": "The gradient towards a weight is a mean over all places",
        "c": "The gradient towards a bias is the sum of dout over images and places of its map",
        "d": "What arrives at the padding is added to the pixels at the edge",
        "e": "A pixel that no place covered gets the gradient 0",
    },
    answer={"a", "c", "e"},
    why={
        "a": "It was used at each of them, and gradients of one thing used several times add up "
        "(a).",
        "b": "They are summed; the loss has taken its mean over the images already (b).",
        "c": "A bias is added at every place, and an add gate hands on (c).",
        "d": "The zeros are no pixels: what arrives there is cut off (d).",
        "e": "Nothing that came out depends on it (e).",
    },
)
