"""infercnvpy on the matrix that bench/copy-number.ts wrote: python copy-number.py FOLDER N_CELLS N_GENES."""

import json
import resource
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import anndata
import infercnvpy
import numpy as np
import pandas as pd
import scanpy
import scipy.sparse

warnings.filterwarnings("ignore")
folder, n_cells, n_genes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

start = time.perf_counter()
matrix = scipy.sparse.csr_matrix(
    (
        np.fromfile(folder / "data", np.uint8).astype(np.float32),
        np.fromfile(folder / "indices", np.uint16).astype(np.int32),
        np.fromfile(folder / "indptr", np.uint32).astype(np.int32),
    ),
    shape=(n_cells, n_genes),
)
gene = np.arange(n_genes)
chromosome = gene * 22 // n_genes
cell = np.arange(n_cells)
data = anndata.AnnData(
    matrix,
    obs=pd.DataFrame(
        {"type": np.where((cell < n_cells / 2) & (cell % 2 == 0), "normal", "other")}, index=cell.astype(str)
    ),
    var=pd.DataFrame(
        {
            "chromosome": [f"chr{c + 1}" for c in chromosome],
            "start": 1 + np.round((gene * 22 / n_genes - chromosome) * 1e8).astype(int),
            "end": 1000 + np.round((gene * 22 / n_genes - chromosome) * 1e8).astype(int),
        },
        index=[f"G{g}" for g in gene],
    ),
)
read = time.perf_counter()
scanpy.pp.normalize_total(data)
scanpy.pp.log1p(data)
infercnvpy.tl.infercnv(
    data, reference_key="type", reference_cat="normal", window_size=100, step=10, n_jobs=1, exclude_chromosomes=None
)
done = time.perf_counter()
# infercnvpy works in a process of its own even with one job.
usage = resource.getrusage(resource.RUSAGE_SELF)
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    json.dumps(
        {
            "compute": 1000 * (done - read),
            "read": 1000 * (read - start),
            "cpu": 1000 * sum(u.ru_utime + u.ru_stime for u in (usage, children)),
            "peakMib": usage.ru_maxrss / 1024,
            "version": f"Python {sys.version.split()[0]}, infercnvpy {version('infercnvpy')}, scanpy {version('scanpy')}",
        }
    )
)
