"""Reference values of the steps of consensus NMF, from Python cNMF and scikit-learn, on counts simulated here.

    python reference.py     # writes counts.json and expected.json beside itself

Made with cnmf 1.7.1, scikit-learn 1.9.1, numpy 2.4.6, scanpy 1.11.5.
"""
import json
import os
import warnings

import numpy as np
import scipy.sparse as sp
from cnmf.cnmf import efficient_ols_all_cols, get_highvar_genes_sparse
from sklearn.decomposition import non_negative_factorization
from sklearn.metrics import silhouette_score
from sklearn.metrics.pairwise import euclidean_distances

warnings.filterwarnings("ignore")
here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)

cells, genes, rank = 150, 120, 4
spectra = rng.gamma(0.4, 1.0, (rank, genes))
usage = rng.gamma(0.5, 1.0, (cells, rank))
mean = usage @ spectra + 0.05
depth = rng.lognormal(0, 0.3, cells) * 250
counts = rng.poisson(mean / mean.sum(1, keepdims=True) * depth[:, None])
counts[:, counts.sum(0) == 0] = 1
X = sp.csr_matrix(counts.astype(float))

tpm = sp.csr_matrix(counts / counts.sum(1, keepdims=True) * 1e6)
stats, _ = get_highvar_genes_sparse(tpm, numgenes=40)
chosen = np.flatnonzero(stats.high_var.values)

norm = X[:, chosen].toarray()
norm = norm / norm.std(0, ddof=1)


def error(W, H):
    return float(((norm - W @ H) ** 2).sum() / (norm**2).sum())


fits = [
    non_negative_factorization(
        norm, n_components=rank, init="random", solver="cd", tol=1e-9, max_iter=20000, random_state=s
    )
    for s in range(20)
]
best = min(fits, key=lambda fit: error(fit[0], fit[1]))
H = best[1] / best[1].sum(1, keepdims=True)
W, _, _ = non_negative_factorization(
    norm, H=H, update_H=False, n_components=rank, init="random", solver="cd", tol=1e-12, max_iter=20000
)
shares = W / W.sum(1, keepdims=True)
Ht, _, _ = non_negative_factorization(
    tpm.T.tocsr(), H=shares.T.copy(), update_H=False, n_components=rank, init="random", solver="cd", tol=1e-12, max_iter=20000
)
scores = efficient_ols_all_cols(W, tpm, normalize_y=True)

# Spectra of three loose replicates, as unit vectors, with labels: local density and silhouette.
loose = np.vstack([fit[1] + rng.gamma(0.3, 0.3, fit[1].shape) * fit[1].mean() for fit in fits[:3]])
loose /= np.sqrt((loose**2).sum(1, keepdims=True))
distance = euclidean_distances(loose)
nearest = np.sort(distance, 1)[:, 1:3].mean(1)
labels = np.argmax(loose @ (best[1] / np.sqrt((best[1] ** 2).sum(1, keepdims=True))).T, 1)

X.sort_indices()
with open(os.path.join(here, "counts.json"), "w") as f:
    json.dump(
        {"shape": [cells, genes], "indptr": X.indptr.tolist(), "indices": X.indices.tolist(), "data": X.data.astype(int).tolist()}, f
    )
with open(os.path.join(here, "expected.json"), "w") as f:
    json.dump(
        {
            "genes": chosen.tolist(),
            "overdispersion": [float(x) for x in stats.fano_ratio.values],
            "errors": sorted(error(fit[0], fit[1]) for fit in fits),
            "spectra": H.tolist(),
            "usage": W.tolist(),
            "refitError": error(W, H),
            "perMillion": Ht.T.tolist(),
            "scores": scores.tolist(),
            "loose": loose.tolist(),
            "nearestTwo": nearest.tolist(),
            "labels": labels.tolist(),
            "silhouette": float(silhouette_score(loose, labels)),
        },
        f,
    )
