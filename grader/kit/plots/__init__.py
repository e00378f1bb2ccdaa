"""Every figure of the course: ``plots.NAME`` draws one and shows it with caption and alt text.

One topic a module. A drawing function is decorated with `style.styled`, makes its figure with
`style.figure` and ends in `show`. Matplotlib is imported inside functions alone, so that importing
the kit costs nothing until the first figure.
"""

from grader.kit.plots.images import channels, image_grid, pixel_numbers
from grader.kit.plots.show import show, still
from grader.kit.plots.style import INK, MUTED, PALETTE, figure, styled

__all__ = [
    "INK",
    "MUTED",
    "PALETTE",
    "channels",
    "figure",
    "image_grid",
    "pixel_numbers",
    "show",
    "still",
    "styled",
]
