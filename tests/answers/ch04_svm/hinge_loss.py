"""Answers to hinge_loss: sums over the rivals, in many ways."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a loop over the classes
    loss = 0.0
    for j in range(len(scores)):
        if j == label:
            continue
        loss += max(0, scores[j] - scores[label] + margin)
    return loss

the right class's own term taken off again
    return np.clip(scores - scores[label] + margin, 0, None).sum() - margin

a mask of the rivals
    rivals = np.arange(scores.size) != label
    behind = scores[rivals] - scores[label] + margin
    return np.dot(behind, behind > 0)

a loop that skips the label
    total = 0.0
    for j in range(len(scores)):
        if j != label:
            total += max(0.0, scores[j] - scores[label] + margin)
    return total

vectorised minus the margin of the label
    return np.maximum(0, scores - scores[label] + margin).sum() - max(margin, 0)

np.delete
    return float(np.clip(np.delete(scores, label) - scores[label] + margin, 0, None).sum())

a generator
    own = float(scores[label])
    rivals = (s for j, s in enumerate(scores.tolist()) if j != label)
    return sum((max(s - own + margin, 0) for s in rivals), 0.0)

a mask and 0-d array
    others = np.arange(scores.size) != label
    margins = scores[others] - scores[label] + margin
    return np.array(margins[margins > 0].sum())

math.fsum
    import math

    rest = np.concatenate([scores[:label], scores[label + 1 :]])
    return math.fsum(filter(lambda m: m > 0, (rest + (margin - scores[label])).tolist()))

reduce on a copy
    from functools import reduce

    margins = scores.copy()
    margins -= scores[label] - margin
    margins[label] = 0
    return reduce(lambda total, m: total + (m + abs(m)) / 2, margins, 0.0)
""")

answers.wrong("""
no default
    def hinge_loss(scores, label, margin):
        return reference(scores, label, margin)

default 0 [score=0]
    def hinge_loss(scores, label, margin=0.0):
        return reference(scores, label, margin)

another name for the margin [hidden]
    def hinge_loss(scores, label, delta=1.0):
        return reference(scores, label, delta)

margin 1 where it is 0 [hidden]
    return reference(scores, label, margin or 1.0)

takes off 1 for the label
    return np.maximum(0, scores - scores[label] + margin).sum() - 1

mean of others
    return reference(scores, label, margin) / (len(scores) - 1)

each class [score=0]
    return np.maximum(0, scores - scores[label] + margin)

first label [score=0]
    return reference(scores, 0, margin)

margin only for wrong predictions [score=0]
    return reference(scores, label, margin) if scores.argmax() != label else 0.0

integer [score=0]
    return int(reference(scores, label, margin))

in place [score=0]
    scores -= scores[label] - margin
    scores[label] = 0
    return float(np.maximum(scores, 0).sum())
""")
