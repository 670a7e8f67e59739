"""Values for packages/engine/src/origin/copy-number/copy-number.ref.test.ts. Run: python expected.py > expected.json

Small counts of our own (Poisson, seed 1) through infercnvpy's smoothed profiles; the Huber mean by scipy's optimiser; a
two-component mixture with a common variance by scikit-learn; the expected logarithm of Poisson counts by scipy.
"""

import json
import sys
import warnings
from importlib.metadata import version

import anndata
import infercnvpy
import numpy as np
import pandas as pd
import scanpy
import scipy.optimize
import scipy.sparse
import scipy.stats
import sklearn.mixture

warnings.filterwarnings("ignore")
rng = np.random.default_rng(1)

# Ten arms of sixty genes: chromosomes 1 to 5, short arm from base 1, long arm from base 150,000,001.
n_normal, n_tumour, n_genes = 40, 40, 600
gene = np.arange(n_genes)
chromosome = 1 + gene // 120
is_long = gene % 120 >= 60
start = 1 + 1000 * gene + np.where(is_long, 150_000_000, 0)
arm = np.array([f"{c}{'q' if q else 'p'}" for c, q in zip(chromosome, is_long)])
rate = 2.0 ** rng.normal(0, 1, n_genes)
factor = np.where(arm == "2q", 0.5, np.where(arm == "4p", 1.5, 1.0))
normal_rate = 1200 * rate / rate.sum()
tumour_rate = 1200 * rate * factor / (rate * factor).sum()
counts = rng.poisson(np.vstack([np.tile(normal_rate, (n_normal, 1)), np.tile(tumour_rate, (n_tumour, 1))]))

data = anndata.AnnData(
    scipy.sparse.csr_matrix(counts.astype(np.float32)),
    obs=pd.DataFrame({"type": ["normal"] * n_normal + ["tumour"] * n_tumour}, index=[f"c{i}" for i in range(80)]),
    # An arm is given as a chromosome of its own, so that its windows do not cross the centromere.
    var=pd.DataFrame(
        {"chromosome": [f"chr{a}" for a in arm], "start": start, "end": start + 500}, index=[f"G{g}" for g in gene]
    ),
)
scanpy.pp.normalize_total(data)
scanpy.pp.log1p(data)
infercnvpy.tl.infercnv(
    data, reference_key="type", reference_cat="normal", window_size=30, step=1, dynamic_threshold=None,
    exclude_chromosomes=None, n_jobs=1,
)
profile = np.asarray(data.obsm["X_cnv"].todense())
difference = profile[n_normal:].mean(0) - profile[:n_normal].mean(0)
starts = data.uns["cnv"]["chr_pos"]
order = sorted(starts, key=starts.get)
ends = [starts[name] for name in order[1:]] + [profile.shape[1]]
profile_by_arm = {name[3:]: float(difference[starts[name] : end].mean()) for name, end in zip(order, ends)}

values = np.round(np.concatenate([rng.normal(0.4, 0.6, 45), [5, -4, 6]]), 3)
weights = np.round(rng.uniform(0.5, 4, 48), 3)


def huber_loss(mean: float) -> float:
    z = np.abs(values - mean) * np.sqrt(weights)
    return np.where(z <= 1.345, z**2 / 2, 1.345 * z - 1.345**2 / 2).sum()


huber = scipy.optimize.minimize_scalar(huber_loss, bounds=(-2, 2), method="bounded", options={"xatol": 1e-12}).x

points = np.round(np.concatenate([rng.normal(0, 1, 150), rng.normal(4, 1, 50)]), 3)
mixture = sklearn.mixture.GaussianMixture(2, covariance_type="tied", tol=1e-10, max_iter=5000, random_state=1, reg_covar=0)
mixture.fit(points[:, None])
high = int(mixture.means_.argmax())

means = [0.01, 0.3, 1, 2, 7.5, 30, 59]
x = np.arange(400)
json.dump(
    {
        "madeWith": {p: version(p) for p in ["infercnvpy", "scanpy", "numpy", "scipy", "scikit-learn"]},
        "counts": counts.tolist(),
        "chromosome": chromosome.tolist(),
        "start": start.tolist(),
        "nNormal": n_normal,
        "infercnvpy": profile_by_arm,
        "huber": {"values": values.tolist(), "weights": weights.tolist(), "mean": float(huber)},
        "mixture": {
            "values": points.tolist(),
            "low": float(mixture.means_[1 - high, 0]),
            "high": float(mixture.means_[high, 0]),
            "variance": float(mixture.covariances_[0, 0]),
            "share": float(mixture.weights_[high]),
            "logLikelihood": float(mixture.score(points[:, None]) * len(points)),
        },
        "expectedLog": [[m, float((scipy.stats.poisson.pmf(x, m) * np.log2(1 + x)).sum())] for m in means],
    },
    sys.stdout,
)
print()
