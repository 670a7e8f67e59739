"""One run of Python cNMF for the benchmark: counts (genes x cells, csv.gz), rank, replicates, folder to work in.

Prints times in milliseconds; leaves the genes it factorised and the consensus spectra in the folder.
"""
import contextlib
import json
import os
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
start = time.perf_counter()
import anndata as ad
import cnmf
import numpy as np
import pandas as pd
import scipy.sparse as sp
import sklearn

path, rank, replicates, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
imported = time.perf_counter()
table = pd.read_csv(path, index_col=0)
table = table.loc[table.sum(axis=1) > 0]
counts = ad.AnnData(
    sp.csr_matrix(table.values.T.astype(np.float64)), obs=pd.DataFrame(index=table.columns), var=pd.DataFrame(index=table.index)
)
counts.write_h5ad(os.path.join(folder, "counts.h5ad"))
read = time.perf_counter()
with contextlib.redirect_stdout(sys.stderr):
    run = cnmf.cNMF(output_dir=folder, name="run")
    run.prepare(
        counts_fn=os.path.join(folder, "counts.h5ad"), components=[rank], n_iter=replicates, seed=14, num_highvar_genes=2000
    )
    prepared = time.perf_counter()
    run.factorize()
    factorised = time.perf_counter()
    run.combine()
    run.consensus(k=rank, density_threshold=0.5, show_clustering=False, build_ref=False)
done = time.perf_counter()
spectra = pd.read_csv(os.path.join(folder, f"run/run.spectra.k_{rank}.dt_0_5.consensus.txt"), sep="\t", index_col=0)
with open(os.path.join(folder, "spectra.json"), "w") as f:
    json.dump({"genes": list(spectra.columns), "spectra": spectra.values.tolist()}, f)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "import": 1e3 * (imported - start),
            "read": 1e3 * (read - imported),
            "prepare": 1e3 * (prepared - read),
            "factorise": 1e3 * (factorised - prepared),
            "consensus": 1e3 * (done - factorised),
            "analysis": 1e3 * (done - read),
            "cpu": 1e3 * (usage.ru_utime + usage.ru_stime),
            "peakMib": usage.ru_maxrss / 1024,
            "version": f"cnmf 1.7.1, scikit-learn {sklearn.__version__}, Python {sys.version.split()[0]}",
        }
    )
)
