"""The other side of bench/cells-standard.ts.

cells-standard.py write RAW H5AD N_GENES  turns the raw arrays into an .h5ad file
cells-standard.py run H5AD                the same steps with scanpy; prints one JSON object
"""

import json
import resource
import sys
import time
import warnings
from importlib.metadata import version

warnings.filterwarnings("ignore")


def write(raw, path, n_genes):
    import anndata
    import numpy as np
    import pandas as pd
    from scipy.sparse import csr_matrix

    indptr = np.fromfile(raw + ".indptr", np.uint32).astype(np.int64)
    cells = np.fromfile(raw + ".cells", np.uint8).reshape(-1, 2)
    x = csr_matrix(
        (
            np.fromfile(raw + ".data", np.uint8).astype(np.float32),
            np.fromfile(raw + ".indices", np.uint16).astype(np.int32),
            indptr,
        ),
        shape=(len(indptr) - 1, n_genes),
    )
    names = ["MT-%d" % g if g < 13 else "GENE%d" % g for g in range(n_genes)]
    obs = pd.DataFrame(
        {"sample": pd.Categorical(["S%d" % s for s in cells[:, 0]]), "type": pd.Categorical(["T%d" % t for t in cells[:, 1]])},
        index=["cell%d" % c for c in range(len(cells))],
    )
    anndata.AnnData(x, obs=obs, var=pd.DataFrame(index=names)).write_h5ad(path)


def run(path):
    import scanpy as sc
    from scipy.sparse import csr_array
    from sklearn.metrics import adjusted_rand_score

    # scanpy 1.11 counts stored values by a method that sparse arrays of recent scipy have renamed.
    if not hasattr(csr_array, "getnnz"):
        csr_array.getnnz = csr_array._getnnz
    seconds = {}
    start = time.perf_counter()

    def lap(step):
        nonlocal start
        now = time.perf_counter()
        seconds[step] = now - start
        start = now

    data = sc.read_h5ad(path)
    lap("read")
    data.var["mt"] = data.var_names.str.startswith("MT-")
    sc.pp.calculate_qc_metrics(data, qc_vars=["mt"], percent_top=[50], inplace=True, log1p=False)
    lap("quality")
    sc.pp.normalize_total(data)
    sc.pp.log1p(data)
    sc.pp.highly_variable_genes(data, n_top_genes=2000, batch_key="sample")
    lap("variableGenes")
    sc.pp.pca(data, n_comps=25)
    lap("components")
    sc.pp.neighbors(data, n_neighbors=15)
    lap("neighbours")
    sc.tl.leiden(data, flavor="igraph", n_iterations=2, directed=False, resolution=0.5)
    lap("clusters")
    sc.tl.umap(data, min_dist=0.3)
    lap("umap")
    return {
        "seconds": seconds,
        "peakMib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "clusters": int(data.obs["leiden"].nunique()),
        "ari": float(adjusted_rand_score(data.obs["type"], data.obs["leiden"])),
        "version": "scanpy " + version("scanpy"),
    }


if sys.argv[1] == "write":
    write(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    print("{}")
else:
    print(json.dumps(run(sys.argv[2])))
