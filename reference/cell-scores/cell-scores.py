"""Expected values of the scores on cells, on an input simulated here.

Run in this folder: python cell-scores.py
Written with decoupler 2.2.0, scanpy 1.11.5, pyucell 0.8.0, scipy 1.17, numpy 2.4. Writes expected.json.
"""
import json

import anndata as ad
import decoupler as dc
import numpy as np
import pandas as pd
import scanpy as sc
import scipy.sparse as sp
from pyucell import compute_ucell_scores

rng = np.random.default_rng(20260)
n_cells, n_genes, n_free_genes = 30, 422, 200
genes = [f"G{i:03d}" for i in range(n_genes)]
profile = rng.lognormal(0, 1.6, n_genes)
profile /= profile.sum()
depth = rng.lognormal(np.log(900), 0.5, n_cells)
mean = np.outer(depth, profile)
mean[:10, :20] *= 4
counts = rng.negative_binomial(2, 2 / (2 + mean)).astype(float)
counts[:, 5] = 0
cells = [f"c{i}" for i in range(n_cells)]


def data(X, names=genes):
    return ad.AnnData(sp.csr_matrix(X), obs=pd.DataFrame(index=cells[: X.shape[0]]), var=pd.DataFrame(index=names))


sets = {
    "first": {"up": genes[:20], "down": []},
    "signed": {"up": genes[:12] + ["ABSENT"], "down": genes[100:108]},
    "spread": {"up": genes[3::30], "down": []},
}

# Unexpressed genes take an average rank above 100 in every cell here, so pyUCell and UCell agree on them.
max_rank = 100
assert (np.sum(counts > 0, axis=1) + (n_genes - np.sum(counts > 0, axis=1) + 1) / 2).min() > max_rank
scored = data(counts)
named = {name: s["up"] + [g + "-" for g in s["down"]] for name, s in sets.items()}
compute_ucell_scores(scored, named, max_rank=max_rank, n_jobs=1)
ucell = {name: scored.obs[name + "_UCell"].astype(float).tolist() for name in sets}

# No ties: every value positive and different.
free = np.round(rng.permuted(np.tile(np.arange(1, n_free_genes + 1), (12, 1)), axis=1) + 0.25, 2)
net = pd.DataFrame(
    [(name, g) for name, s in (("a", genes[:15]), ("b", genes[50:58]), ("c", genes[3:200:9])) for g in s],
    columns=["source", "target"],
)
free_data = data(free, genes[:n_free_genes])
dc.mt.aucell(free_data, net, tmin=1, verbose=False)
aucell = {name: free_data.obsm["score_aucell"][name].tolist() for name in "abc"}

log_normalised = np.log1p(counts / counts.sum(1, keepdims=True) * 1e4)
module = {}
for name in ("first", "spread"):
    scored = data(log_normalised)
    sc.tl.score_genes(scored, sets[name]["up"], ctrl_size=n_genes, n_bins=25)
    module[name] = scored.obs["score"].tolist()

edges = [
    {"source": f"TF{r}", "target": genes[t], "weight": float(np.round(rng.choice([-1, 1]) * rng.uniform(0.3, 2), 3))}
    for r in range(8)
    for t in rng.choice(n_genes, size=5 + 4 * r, replace=False)
]
scored = data(log_normalised)
# By default decoupler leaves out genes without counts in any cell, which changes n; here they stay.
dc.mt.ulm(scored, pd.DataFrame(edges), tmin=5, empty=False, verbose=False)
ulm = {tf: scored.obsm["score_ulm"][tf].tolist() for tf in scored.obsm["score_ulm"].columns}

with open("expected.json", "w") as file:
    json.dump(
        {
            "genes": genes,
            "counts": [[[int(g), int(row[g])] for g in np.flatnonzero(row)] for row in counts],
            "sets": sets,
            "maxRank": max_rank,
            "ucell": ucell,
            "tieFree": free.tolist(),
            "aucellSets": {name: net.target[net.source == name].tolist() for name in "abc"},
            "aucell": aucell,
            "module": module,
            "edges": edges,
            "ulm": ulm,
        },
        file,
        separators=(",", ":"),
    )
