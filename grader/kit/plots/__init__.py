"""Every figure of the course: ``plots.NAME`` draws one and shows it with caption and alt text.

One topic a module. A drawing function is decorated with `style.styled`, makes its figure with
`style.figure` and ends in `show`. Matplotlib is imported inside functions alone, so that importing
the kit costs nothing until the first figure.
"""

from grader.kit.plots.charts import (
    accuracy_bars,
    bars,
    heat_maps,
    histogram,
    lines_with_spread,
    timing_bars,
)
from grader.kit.plots.distances import distance_bars, distance_spread, response_curves
from grader.kit.plots.images import channels, image_grid, pixel_numbers
from grader.kit.plots.matrices import Grid, equation
from grader.kit.plots.neighbours import fold_diagram, neighbour_grid, regions, vote_circles
from grader.kit.plots.planes import (
    Line,
    draw_line,
    draw_names,
    draw_pictures,
    draw_points,
    draw_regions,
    limits_of,
    picture_plane,
    plane,
    set_plane,
)
from grader.kit.plots.scores import batch_table, score_bars, score_table, staircase
from grader.kit.plots.show import show, still
from grader.kit.plots.style import INK, MUTED, PALETTE, figure, styled
from grader.kit.plots.widgets import Slider, interactive

__all__ = [
    "INK",
    "MUTED",
    "PALETTE",
    "Grid",
    "Line",
    "Slider",
    "accuracy_bars",
    "bars",
    "batch_table",
    "channels",
    "distance_bars",
    "distance_spread",
    "draw_line",
    "draw_names",
    "draw_pictures",
    "draw_points",
    "draw_regions",
    "equation",
    "figure",
    "fold_diagram",
    "heat_maps",
    "histogram",
    "image_grid",
    "interactive",
    "limits_of",
    "lines_with_spread",
    "neighbour_grid",
    "picture_plane",
    "pixel_numbers",
    "plane",
    "regions",
    "response_curves",
    "score_bars",
    "score_table",
    "set_plane",
    "show",
    "staircase",
    "still",
    "styled",
    "timing_bars",
    "vote_circles",
]
