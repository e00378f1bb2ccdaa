"""Answers to train_linear_classifier."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
weights changed in place, losses in an array
    W, losses = np.zeros((num_classes, X.shape[1])), np.zeros(num_steps)
    for step in range(num_steps):
        rows = rng.choice(len(X), batch_size, replace=True)
        losses[step], dW = loss_function(W, X[rows], y[rows], reg)
        W -= learning_rate * dW
    return W, losses

all batches drawn beforehand
    def train_linear_classifier(loss_function, X, y, num_classes, **settings):
        size = (settings["num_steps"], settings["batch_size"])
        W, losses = np.zeros((num_classes, X.shape[1])), []
        for rows in settings["rng"].integers(0, len(X), size=size):
            loss, slope = loss_function(W, X[rows], y[rows], reg=settings["reg"])
            losses += [loss]
            W = np.subtract(W, settings["learning_rate"] * slope)
        return [W, losses]

a while loop over the others' functions
    W = 0.0 * np.ones((num_classes, np.size(X, 1)))
    losses: list[float] = []
    while len(losses) < num_steps:
        loss, dW = loss_function(W.copy(), *sample_batch(X, y, batch_size, rng), reg)
        losses.append(float(loss))
        W = W + (-learning_rate) * np.asarray(dW)
    return W, tuple(losses)
""")
