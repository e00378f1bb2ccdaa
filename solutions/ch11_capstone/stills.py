"""Still of chapter 11: the confusion matrix of the reference, which the text shows until then."""

from __future__ import annotations

import numpy as np

from grader.exercises.stills import Run
from pix2net import plots
from pix2net.plots.show import taking_pictures


def make(run: Run) -> dict[str, bytes]:
    """The chapter's still by file name."""
    cells = run.namespace
    d, build, count = cells["d"], cells["build_classifier"], cells["counts_of"]
    predict = build(d.X_train.copy(), d.y_train.copy(), np.random.default_rng(0))
    with taking_pictures() as pictures:
        plots.confusion_table(
            count(predict(d.X_test), d.y_test, len(d.class_names)), d.class_names,
            caption="", alt="",
        )  # fmt: skip
    return {"11_confusion.png": pictures[0]}
