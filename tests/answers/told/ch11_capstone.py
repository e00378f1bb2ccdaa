"""Wrong answers to the exercises of chapter 11, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
build_classifier, predictions instead of a function => no-function
    flat = X_train.reshape(len(X_train), -1).astype(float)
    centres = np.array([flat[y_train == c].mean(axis=0) for c in np.unique(y_train)])
    return np.argmin(((flat[:50, None] - centres) ** 2).sum(-1), axis=1)

build_classifier, predict forgets its return => predict-without-return
    flat = X_train.reshape(len(X_train), -1).astype(float)
    centres = np.array([flat[y_train == c].mean(axis=0) for c in range(10)])

    def predict(X):
        F = X.reshape(len(X), -1).astype(float)
        d = -2 * F @ centres.T + (centres**2).sum(1)
        labels = d.argmin(axis=1)

    return predict

build_classifier, distances for labels => nothing
    flat = X_train.reshape(len(X_train), -1).astype(float)
    centres = np.array([flat[y_train == c].mean(axis=0) for c in range(10)])

    def predict(X):
        F = X.reshape(len(X), -1).astype(float)
        return -2 * F @ centres.T + (centres**2).sum(1)

    return predict

build_classifier, one-hot => nothing
    flat = X_train.reshape(len(X_train), -1).astype(float)
    centres = np.array([flat[y_train == c].mean(axis=0) for c in range(10)])

    def predict(X):
        F = X.reshape(len(X), -1).astype(float)
        d = -2 * F @ centres.T + (centres**2).sum(1)
        return np.eye(10, dtype=int)[d.argmin(axis=1)]

    return predict

build_classifier, weights are NaN => one-label-for-all
    F = X_train.reshape(len(X_train), -1).astype(float)
    W = np.zeros((10, F.shape[1]))
    for step in range(3):
        s = F @ W.T
        p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        p[np.arange(len(F)), y_train] -= 1
        W -= 10.0 * p.T @ F

    def predict(X):
        return np.argmax(X.reshape(len(X), -1) @ W.T, axis=1)

    return predict

build_classifier, a list of labels => nothing
    flat = X_train.reshape(len(X_train), -1).astype(float)
    centres = np.array([flat[y_train == c].mean(axis=0) for c in range(10)])

    def predict(X):
        F = X.reshape(len(X), -1).astype(float)
        return list(map(int, (-2 * F @ centres.T + (centres**2).sum(1)).argmin(axis=1)))

    return predict
""")
