"""decoupler's ULM on the matrix that bench/cell-scores.ts wrote. Prints one JSON object."""
import json
import platform
import resource
import sys
import time
from importlib.metadata import version
from os.path import join

import anndata as ad
import decoupler as dc
import numpy as np
import pandas as pd
import scipy.sparse as sp

folder = sys.argv[1]
indptr = np.fromfile(join(folder, "indptr.u4"), np.uint32).astype(np.int64)
indices = np.fromfile(join(folder, "indices.u2"), np.uint16).astype(np.int32)
values = np.fromfile(join(folder, "data.u1"), np.uint8).astype(np.float32)
n_cells, n_genes = len(indptr) - 1, 20_000
counts = sp.csr_matrix((values, indices, indptr), shape=(n_cells, n_genes))
data_mib = (counts.data.nbytes + counts.indices.nbytes + counts.indptr.nbytes) / 2**20
net = pd.read_csv(join(folder, "edges.csv"))
names = [f"gene{g}" for g in range(n_genes)]
data = ad.AnnData(counts, obs=pd.DataFrame(index=[str(c) for c in range(n_cells)]), var=pd.DataFrame(index=names))
# What came before, such as importing and widening the arrays, is not the method's.
start, cpu_start = time.perf_counter(), time.process_time()
totals = np.asarray(data.X.sum(axis=1)).ravel()
data.X.data = np.log1p(data.X.data * np.repeat(1e4 / totals, np.diff(data.X.indptr)).astype(np.float32))
dc.mt.ulm(data, net, tmin=5, bsize=5000, verbose=False)
seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(
    json.dumps(
        {
            "ulm": 1000 * seconds,
            "ulmCpu": 1000 * cpu_seconds,
            "dataMib": data_mib,
            "ulmPeakAboveDataMib": peak_mib - data_mib,
            "checksum": float(np.abs(data.obsm["score_ulm"].to_numpy()).mean()),
            "version": f"Python {platform.python_version()}, decoupler {version('decoupler')}",
        }
    )
)
