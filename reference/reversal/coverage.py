"""Coverage of the intervals of the reversal index by simulation. numpy only; run in this folder: python coverage.py

One patient, n samples per stage, 1500 genes of unit noise (30 % of it shared along one random direction, as when replicates
differ in composition), samples varying by 15 % along the shift. `signal` is the shift per gene in units of that noise.
plain: percentile interval of the plain index; corrected: the interval the product uses. Nominal coverage is 0.90.
"""
import json
import numpy as np

rng = np.random.default_rng(1)
GENES, RUNS, DRAWS = 1500, 300, 300


def products(gram, n, rows):
    a, b = np.zeros(3 * n), np.zeros(3 * n)
    u, p, r = rows
    np.add.at(a, 2 * n + r, 1 / len(r))
    np.add.at(a, u, -1 / len(u))
    np.add.at(b, n + p, 1 / len(p))
    np.add.at(b, u, -1 / len(u))
    return a @ gram @ b, b @ gram @ b


def variance_of_mean(gram, n, arm):
    block = gram[arm * n : arm * n + n, arm * n : arm * n + n]
    return (np.trace(block) - block.sum() / n) / (n - 1) / n


def one(n, index, signal):
    shift = rng.normal(size=GENES)
    shift *= signal * np.sqrt(GENES) / np.linalg.norm(shift)
    factor = rng.normal(size=GENES)
    noise = lambda: (rng.normal(size=(n, GENES)) * np.sqrt(0.7) + rng.normal(size=(n, 1)) * factor * np.sqrt(0.3)
                     + 0.15 * rng.normal(size=(n, 1)) * shift)
    x = np.vstack([noise(), shift + noise(), (1 - index) * shift + noise()])
    x -= x.mean(0)
    gram = x @ x.T
    every = np.arange(n)
    num, den = products(gram, n, (every, every, every))
    vu, vp = variance_of_mean(gram, n, 0), variance_of_mean(gram, n, 1)
    plain, corrected, dens = [], [], []
    for _ in range(DRAWS):
        nu, de = products(gram, n, [rng.integers(0, n, n) for _ in range(3)])
        plain.append(1 - nu / de)
        nu, de = products(gram, n, [rng.integers(0, n, n - 1) for _ in range(3)])
        dens.append(de - 2 * (vu + vp))
        corrected.append(1 - (nu - 2 * vu) / dens[-1] if dens[-1] > 0 else np.nan)
    identifiable = np.quantile(dens, 0.05) > 0
    inside = lambda draws: bool(np.nanquantile(draws, 0.05) <= index <= np.nanquantile(draws, 0.95))
    return 1 - num / den, 1 - (num - vu) / (den - vu - vp), inside(plain), inside(corrected), identifiable


def row(n, index, signal):
    runs = [one(n, index, signal) for _ in range(RUNS)]
    shown = [r for r in runs if r[4]]
    return {
        "n": n, "index": index, "signal": signal,
        "plainMedian": round(float(np.median([r[0] for r in runs])), 3),
        "plainCoverage": round(float(np.mean([r[2] for r in runs])), 2),
        "identifiable": round(len(shown) / RUNS, 2),
        "correctedMedian": round(float(np.median([r[1] for r in shown])), 3) if shown else None,
        "correctedCoverage": round(float(np.mean([r[3] for r in shown])), 2) if shown else None,
    }


rows = [row(n, index, signal) for n in (2, 3, 5, 8) for signal in (0.5, 1, 2) for index in (1, 0)]
with open("coverage.json", "w") as out:
    json.dump(rows, out, indent=1)
for r in rows:
    print(r)
