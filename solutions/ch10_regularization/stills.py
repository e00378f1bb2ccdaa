"""Stills of chapter 10: the network that knows its images by heart, and the trial."""

from __future__ import annotations

import numpy as np

from grader.exercises.stills import Run
from pix2net import plots
from pix2net.plots.show import taking_pictures

# Name of a still -> words of the cell whose figure it is.
CELLS = {
    name: f'"{name}"'
    for name in ("10_by_epoch.png", "10_compared.png", "10_weights.png", "10_units.png")
}


def make(run: Run) -> dict[str, bytes]:
    """The chapter's stills by file name."""
    made = {name: run.picture(words) for name, words in CELLS.items()}
    made["10_by_heart.png"] = by_heart(run)
    made["10_gap.png"] = gap(run)
    return made


def by_heart(run: Run) -> bytes:
    """Eight training images with their labels and the answers of the network without a remedy."""
    cells = run.namespace
    d, y, wrong = cells["d"], cells["y"], cells["wrong"]
    sizes = [cells["X"].shape[1], 200, cells["num_classes"]]
    model = cells["DropoutMLP"](sizes, np.random.default_rng(0))
    model.parameters.update(cells["runs"]["nothing"][1])
    answers = model.predict(cells["X"])
    bad, good = np.flatnonzero(wrong), np.flatnonzero(~wrong)
    chosen = [bad[0], good[3], good[8], bad[5], bad[8], good[14], bad[11], good[20]]
    titles = [f"label: {d.class_names[y[i]]}\nsays: {d.class_names[answers[i]]}" for i in chosen]
    with taking_pictures() as pictures:
        images = d.X_train[cells["learn_from"][chosen]]
        plots.image_grid(images, titles, columns=4, cell=1.5, caption="", alt="")
    return pictures[0]


def gap(run: Run) -> bytes:
    """Accuracies and losses by the epoch of the network without a remedy."""
    cells = run.namespace
    nothing, wrong = cells["nothing"], cells["wrong"]
    epochs = np.arange(1, cells["num_epochs"] + 1)
    share = wrong.mean()
    training = (1 - share) * nothing["right labels"] + share * nothing["wrong labels"]
    panels = {
        "accuracy": {"training": (epochs, training), "validation": (epochs, nothing["validation"])},
        "loss": {
            "training": (epochs, nothing["loss"]),
            "validation": (epochs, nothing["validation loss"]),
        },
    }
    with taking_pictures() as pictures:
        plots.curves(
            panels, xlabel="epoch", ylabel={"accuracy": "accuracy", "loss": "mean loss"},
            sharey=False, caption="", alt="",
        )  # fmt: skip
    return pictures[0]
