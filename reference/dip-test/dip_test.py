"""Reference values of the dip test: dip and P value of fixed samples, and quantiles of sqrt(n) dip of uniform samples.

Needs diptest 0.12 and numpy. Run in this folder; writes samples.json and quantiles.json.
"""
import json

import diptest
import numpy as np

rng = np.random.default_rng(1985)


def sample(name, values):
    values = np.round(np.asarray(values, dtype=float), 6)
    dip, p = diptest.diptest(values, boot_pval=False)
    return {"name": name, "values": values.tolist(), "dip": dip, "p": p}


def two(n, distance, share=0.5):
    return rng.normal(size=n) + distance * (rng.uniform(size=n) < share)


samples = [
    sample("uniform 30", rng.uniform(size=30)),
    sample("uniform 200", rng.uniform(size=200)),
    sample("normal 100", rng.normal(size=100)),
    sample("two normals 4 apart, 100", two(100, 4)),
    sample("two normals 3 apart, 300", two(300, 3)),
    sample("two normals 5 apart, one in ten, 200", two(200, 5, 0.1)),
    sample("exponential 150", rng.exponential(size=150)),
    sample("three normals 150", np.concatenate([rng.normal(m, 0.3, size=50) for m in (0, 2, 5)])),
    sample("with ties 120", np.round(two(120, 3), 1)),
]
with open("samples.json", "w") as out:
    json.dump(samples, out)

sizes = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000]
levels = [0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999]
rows = []
for n in sizes:
    draws = 40000 if n <= 1000 else 20000
    scaled = [np.sqrt(n) * diptest.dipstat(np.sort(rng.uniform(size=n)), sort_x=False) for _ in range(draws)]
    rows.append({"n": n, "draws": draws, "quantiles": np.round(np.quantile(scaled, levels), 4).tolist()})
    print(rows[-1], flush=True)
with open("quantiles.json", "w") as out:
    json.dump({"levels": levels, "rows": rows}, out, indent=1)
