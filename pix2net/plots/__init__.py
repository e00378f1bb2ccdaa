"""Every figure of the course: ``plots.NAME`` draws one and shows it with caption and alt text.

One topic a module. A drawing function is decorated with `style.styled`, makes its figure with
`style.figure` and ends in `show`. Matplotlib is imported inside functions alone, so that importing
the kit costs nothing until the first figure.
"""

from pix2net.plots.charts import (
    accuracy_bars,
    bars,
    heat_maps,
    histogram,
    lines_with_spread,
    timing_bars,
)
from pix2net.plots.clouds import clouds, draw_shadows, set_window
from pix2net.plots.differences import differences
from pix2net.plots.distances import distance_bars, distance_spread, response_curves
from pix2net.plots.dropping import thinned
from pix2net.plots.graphs import Node, draw_graph, graph, graph_row
from pix2net.plots.images import channels, image_grid, pixel_numbers
from pix2net.plots.layers import draw_sizes, draw_spreads, layer_spreads
from pix2net.plots.learning import loss_curves, reliability
from pix2net.plots.losses import margin_lines, surfaces, weight_pictures
from pix2net.plots.matrices import Grid, equation
from pix2net.plots.neighbours import fold_diagram, neighbour_grid, regions, vote_circles
from pix2net.plots.networks import network
from pix2net.plots.panels import curves
from pix2net.plots.planes import (
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
from pix2net.plots.scores import batch_table, score_bars, score_table, staircase
from pix2net.plots.show import show, still
from pix2net.plots.style import INK, MUTED, PALETTE, figure, styled
from pix2net.plots.transformers import Part, transformer
from pix2net.plots.uses import areas
from pix2net.plots.valleys import descents, draw_valley, valleys
from pix2net.plots.widgets import Slider, interactive
from pix2net.plots.workflow import Step, confusion_table, steps

__all__ = [
    "INK",
    "MUTED",
    "PALETTE",
    "Grid",
    "Line",
    "Node",
    "Part",
    "Slider",
    "Step",
    "accuracy_bars",
    "areas",
    "bars",
    "batch_table",
    "channels",
    "clouds",
    "confusion_table",
    "curves",
    "descents",
    "differences",
    "distance_bars",
    "distance_spread",
    "draw_graph",
    "draw_line",
    "draw_names",
    "draw_pictures",
    "draw_points",
    "draw_regions",
    "draw_shadows",
    "draw_sizes",
    "draw_spreads",
    "draw_valley",
    "equation",
    "figure",
    "fold_diagram",
    "graph",
    "graph_row",
    "heat_maps",
    "histogram",
    "image_grid",
    "interactive",
    "layer_spreads",
    "limits_of",
    "lines_with_spread",
    "loss_curves",
    "margin_lines",
    "neighbour_grid",
    "network",
    "picture_plane",
    "pixel_numbers",
    "plane",
    "regions",
    "reliability",
    "response_curves",
    "score_bars",
    "score_table",
    "set_plane",
    "set_window",
    "show",
    "staircase",
    "steps",
    "still",
    "styled",
    "surfaces",
    "thinned",
    "timing_bars",
    "transformer",
    "valleys",
    "vote_circles",
    "weight_pictures",
]
