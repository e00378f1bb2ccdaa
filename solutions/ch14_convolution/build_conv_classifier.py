"""build_conv_classifier: the second summit."""
from __future__ import annotations
import numpy as np
from solutions.ch14_convolution.summit import Network, trained

def build_conv_classifier(X_train, y_train, rng, **settings):
    mean = X_train.mean(axis=(0, 1, 2), dtype=np.float64).astype(np.float32)
    std = np.float32(X_train.std(axis=(0, 1, 2)).mean())
    model = trained((X_train - mean) / std, y_train, rng, **settings)

    def predict(X):
        found = []
        for part in np.array_split(np.arange(len(X)), -(-len(X) // 250)):
            views = [(X[part] - mean) / std, (X[part][:, :, ::-1] - mean) / std]
            found.append(np.argmax(sum(model.scores(view) for view in views), axis=1))
        return np.concatenate(found)

    return predict
