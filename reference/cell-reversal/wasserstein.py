"""Reference values of the first Wasserstein distance: scipy.stats.wasserstein_distance on small fixed samples."""

import json
import sys

import numpy as np
import scipy
from scipy.stats import wasserstein_distance

rng = np.random.default_rng(20261122)
cases = []
for n, m, shift in [(1, 1, 2.0), (1, 5, 0.0), (7, 3, 0.5), (10, 10, 0.0), (12, 25, 1.5), (40, 17, -0.3)]:
    a = np.round(rng.normal(0, 1, n), 4)
    b = np.round(rng.normal(shift, 1.4, m), 4)
    cases.append({"a": a.tolist(), "b": b.tolist(), "distance": float(wasserstein_distance(a, b))})
ties = {"a": [0, 0, 1, 1, 2], "b": [1, 1, 1, 3]}
cases.append({**ties, "distance": float(wasserstein_distance(ties["a"], ties["b"]))})
json.dump({"scipy": scipy.__version__, "cases": cases}, sys.stdout, indent=1)
print()
