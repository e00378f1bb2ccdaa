"""The hidden package: for each chapter the exercises with their references and misconceptions.

Learners read it after the deadline; nothing of it is in a release or in a sandbox.
"""

# The chapters in their order: packages of this one, called after the chapter's text.
CHAPTERS = (
    "ch00_workflow",
    "ch01_images",
    "ch02_knn",
    "ch03_scores",
    "ch04_svm",
    "ch05_softmax",
    "ch06_gates",
    "ch07_mlp",
    "ch08_preprocessing",
    "ch09_initialization",
    "ch10_regularization",
    "ch11_capstone",
    "ch12_optimizers",
    "ch13_normalization",
    "ch14_convolution",
    "ch15_frameworks",
)

# Pages: texts without a task, woven as notebooks for learners and never handed in. Name -> title.
PAGES = {"01b_primer": "Primer: arrays and spread"}
