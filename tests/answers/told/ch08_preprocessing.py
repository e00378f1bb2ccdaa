"""Wrong answers to the exercises of chapter 08, and what they must be told."""

from grader.exercises import Table

TABLE = Table("""
fit_standardizer, ddof => divided-by-n-minus-1
    mu = np.mean(X_train, axis=0)
    sigma = np.std(X_train, axis=0, ddof=1)
    return mu, sigma

fit_standardizer, no axis => one-for-all
    return X_train.mean(), X_train.std()

fit_standardizer, kept axes => rows-kept
    return X_train.mean(axis=0, keepdims=True), X_train.std(axis=0, keepdims=True)

fit_standardizer, variance => variance
    mu = X_train.sum(axis=0) / len(X_train)
    var = ((X_train - mu) ** 2).sum(axis=0) / len(X_train)
    return mu, var

fit_standardizer, epsilon added => epsilon-added
    return X_train.mean(axis=0), X_train.std(axis=0) + 1e-8

standardize, epsilon => a-small-number-added another-small-number-added
    return (X - mean) / (std + 1e-7)

standardize, fits again => own-statistics
    mu, sigma = X.mean(axis=0), X.std(axis=0)
    sigma[sigma == 0] = 1
    return (X - mu) / sigma

standardize, std changed in place => changes-std
    std[std == 0] = 1.0
    return (X - mean) / std

standardize, uint8 in place => in-place
    X -= mean
    X /= np.where(std == 0, 1, std)
    return X

standardize, one for zero => divided-by-1-instead
    safe = np.where(std > 0, std, 1.0)
    return (X - mean) / safe

min_max_scale, clips => clipped
    span = np.where(high > low, high - low, 1)
    out = (X.astype(float) - low) / span
    out[:, high == low] = 0
    return np.clip(out, 0, 1)

min_max_scale, own range => own-range
    lo, hi = X.min(axis=0), X.max(axis=0)
    return (X - lo) / np.where(hi > lo, hi - lo, 1)

min_max_scale, divides by the top => divided-by-high
    return np.where(high > low, (X.astype(float) - low) / np.where(high == 0, 1, high), 0)

min_max_scale, epsilon => a-small-number-added another-small-number-added
    return (X.astype(float) - low) / (high.astype(float) - low + 1e-9)

fit_pca, divides by N - 1 => divided-by-n-minus-1
    mu = X_train.mean(axis=0)
    C = np.cov(X_train.T)
    vals, vecs = np.linalg.eigh(np.atleast_2d(C))
    idx = np.argsort(vals)[::-1][:num_components]
    comps = vecs[:, idx].T
    for c in comps:
        if c[np.argmax(np.abs(c))] < 0:
            c *= -1
    return mu, comps, vals[idx]

fit_pca, columns => directions-as-columns
    mu = X_train.mean(axis=0)
    Xc = X_train - mu
    vals, vecs = np.linalg.eigh(Xc.T @ Xc / len(X_train))
    idx = np.argsort(vals)[::-1][:num_components]
    V = vecs[:, idx]
    V = V * np.sign(V[np.argmax(np.abs(V), axis=0), range(num_components)])
    return mu, V, vals[idx]

fit_pca, singular values for variances => singular-values
    mu = X_train.mean(axis=0)
    U, S, Vt = np.linalg.svd(X_train - mu, full_matrices=False)
    V = Vt[:num_components]
    V = V * np.sign(V[range(num_components), np.argmax(np.abs(V), axis=1)])[:, None]
    return mu, V, S[:num_components]

fit_pca, ignores signs => signs-of-svd
    mu = np.mean(X_train, axis=0)
    U, S, Vt = np.linalg.svd(X_train - mu, full_matrices=False)
    return mu, Vt[:num_components], (S**2 / X_train.shape[0])[:num_components]

fit_pca, signs by U as scikit-learn once => signs-by-the-places
    mu = np.mean(X_train, axis=0)
    U, S, Vt = np.linalg.svd(X_train - mu, full_matrices=False)
    signs = np.sign(U[np.argmax(np.abs(U), axis=0), range(U.shape[1])])
    Vt = Vt * signs[:, None]
    return mu, Vt[:num_components], (S**2 / X_train.shape[0])[:num_components]

fit_pca, share of the variance => shares-of-the-variance
    mu = np.mean(X_train, axis=0)
    U, S, Vt = np.linalg.svd(X_train - mu, full_matrices=False)
    V = Vt[:num_components]
    V = V * np.sign(V[range(num_components), np.argmax(np.abs(V), axis=1)])[:, None]
    return mu, V, (S**2 / np.sum(S**2))[:num_components]

fit_pca, not centred => not-centred
    mu = np.mean(X_train, axis=0)
    U, S, Vt = np.linalg.svd(X_train.astype(float), full_matrices=False)
    V = Vt[:num_components]
    V = V * np.sign(V[range(num_components), np.argmax(np.abs(V), axis=1)])[:, None]
    return mu, V, (S**2 / len(X_train))[:num_components]

pca_whiten, divides by the variance => divided-by-the-variances
    Z = (X - mean).dot(components.T)
    return Z / (variances + epsilon)

pca_whiten, epsilon outside => epsilon-outside-the-root
    Z = (X - mean).dot(components.T)
    return Z / (np.sqrt(variances) + epsilon)

pca_whiten, columns => columns-as-directions
    return (X - mean).dot(components) / np.sqrt(variances + epsilon)

pca_whiten, no epsilon => no-epsilon
    Z = (X - mean) @ components.T
    return Z / np.sqrt(variances)

pca_whiten, multiplies => multiplied
    Z = (X - mean) @ components.T
    return Z * np.sqrt(variances + epsilon)

pca_whiten, back again ZCA => turned-back
    Z = (X - mean) @ components.T / np.sqrt(variances + epsilon)
    return Z @ components

min_max_scale, no brackets below => no-brackets-below
    return (X.astype(float) - low) / high - low

fit_pca, sorted values alone => variances-alone-turned
    mean = X_train.mean(axis=0)
    Xc = X_train - mean
    values, vectors = np.linalg.eigh(Xc.T @ Xc / len(Xc))
    rows = vectors.T[:num_components]
    for row in rows:
        row *= np.sign(row[np.abs(row).argmax()])
    return mean, rows, np.sort(values)[::-1][:num_components]
""")
