"""Reference values for the readers, from anndata, h5py, scipy and pandas.

Usage: python make_reference.py [SHARED_DATA] > reference.json
SHARED_DATA is the folder "data" of the shared files, by default ../../../shared/data beside the repository.
Only sums and a few values are kept, not the data.
"""
import gzip
import json
import sys
from pathlib import Path

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse as sp
import zarr

here = Path(__file__).resolve().parent
data = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "../../../shared/data"
cells = data / "singlecell"
bulk = data / "bulk/tnbc_pdx_ap1_baudre"


def matrix(m, entries=12):
    """Shape, number of values that are not zero, exact-order-free sums, and values at evenly spaced positions."""
    m = sp.csr_matrix(m)
    m.eliminate_zeros()
    rows = np.linspace(0, m.shape[0] - 1, entries).astype(int)
    columns = np.linspace(m.shape[1] - 1, 0, entries).astype(int)
    return {
        "shape": list(m.shape),
        "nStored": int(m.nnz),
        "sum": float(m.astype(np.float64).sum()),
        "firstRowSums": [float(v) for v in np.asarray(m[:5].astype(np.float64).sum(axis=1)).ravel()],
        "firstColumnSums": [float(v) for v in np.asarray(m[:, :5].astype(np.float64).sum(axis=0)).ravel()],
        "rows": rows.tolist(),
        "columns": columns.tolist(),
        "entries": [float(m[r, c]) for r, c in zip(rows, columns)],
    }


def column(series):
    if isinstance(series.dtype, pd.CategoricalDtype) or series.dtype == object or series.dtype == bool:
        return {"first": series.head(6).astype(str).tolist(), "counts": series.astype(str).value_counts().sort_index().to_dict()}
    values = series.astype(np.float64)
    return {"first": values.head(6).tolist(), "sum": float(values.sum())}


def pbmc():
    a = anndata.read_h5ad(cells / "pbmc/10x_pbmc68k_reduced.modern.h5ad")
    return {
        "X": matrix(a.X),
        "raw": matrix(a.raw.X),
        "obsNames": a.obs_names[:3].tolist(),
        "varNames": a.var_names[:3].tolist(),
        "obs": {name: column(a.obs[name]) for name in a.obs},
        "var": {name: column(a.var[name]) for name in a.var},
        "obsm": {name: {"shape": list(v.shape), "sum": float(np.asarray(v, np.float64).sum()), "last": float(v[-1, -1])} for name, v in a.obsm.items()},
    }


def pbmc_zarr():
    """The Zarr copy has a layer where the others have raw."""
    with zarr.storage.ZipStore(cells / "pbmc/10x_pbmc68k_reduced.zarr.zip", mode="r") as store:
        # Parts are opened one by one: zarr 3.1 cannot read the record arrays listed at the root.
        x = zarr.open_array(store, path="X", mode="r")[:]
        counts = anndata.io.read_elem(zarr.open_group(store, path="layers/counts", mode="r"))
        return {"X": matrix(x), "counts": matrix(counts)}


def tenx_h5():
    with h5py.File(cells / "pbmc/tenx_v3_filtered_feature_bc_matrix.h5") as f:
        g = f["matrix"]
        m = sp.csr_matrix((g["data"][:], g["indices"][:], g["indptr"][:]), shape=tuple(g["shape"][:])[::-1])
        return {"X": matrix(m), "obsNames": [b.decode() for b in g["barcodes"][:3]], "varNames": [b.decode() for b in g["features/name"][:3]], "ids": [b.decode() for b in g["features/id"][:3]]}


def folder(path):
    names = [line.split("\t") for line in gzip.open(path / "features.tsv.gz", "rt").read().splitlines()]
    barcodes = gzip.open(path / "barcodes.tsv.gz", "rt").read().splitlines()
    return {"X": matrix(scipy.io.mmread(str(path / "matrix.mtx.gz")).T), "obsNames": barcodes[:3], "varNames": [n[1] for n in names[:3]]}


def table(path, sep):
    frame = pd.read_csv(path, sep=sep, index_col=0)
    return {"X": matrix(sp.csr_matrix(frame.values.T)), "obsNames": frame.columns[:3].tolist(), "varNames": frame.index[:3].tolist()}


def expression(path, gene="Symbol"):
    frame = pd.read_csv(path)
    frame = frame[frame[gene].notna()]
    values = frame.drop(columns=gene).to_numpy(np.float64)
    return {"genes": len(frame), "samples": frame.columns.drop(gene).tolist(), "sum": float(values.sum()), "columnSums": values.sum(axis=0).tolist(), "lastGene": str(frame[gene].iloc[-1]), "last": float(values[-1, -1])}


result = {
    "pbmc68k": pbmc(),
    "pbmc68kZarr": pbmc_zarr(),
    "tenxH5": tenx_h5(),
    "seuratSmall": table(cells / "pbmc/seurat_pbmc_small_raw.txt", "\t"),
    "gbm": folder(cells / "gbm_panobinostat_zhao"),
    "pc9Filtered": folder(cells / "pc9_erlotinib_aissa/filtered_500genes"),
    "pc9Control": table(cells / "pc9_erlotinib_aissa/Day11_control.dge.txt.gz", "\t"),
    "pc9Erlotinib": table(cells / "pc9_erlotinib_aissa/Day11_Erlotinib.dge.txt.gz", "\t"),
    "thyroid": folder(cells / "thyroid_atc2_numbat"),
    "luad5": table(cells / "luad_celllines_tian/sc_celseq2_5cl_p1.count.csv.gz", ","),
    "luad": table(cells / "luad_celllines_tian/sc_celseq2_3cl.count.csv.gz", ","),
    "oligodendroglioma": table(cells / "oligodendroglioma_infercnv/counts.matrix.gz", "\t"),
    "common": expression(bulk / "common_rawcounts_8pdx.csv.gz"),
    "HBCx14": expression(bulk / "HBCx14_AC_rawmat.csv.gz"),
    "HBCx33": expression(bulk / "HBCx33_Cisplatin_rawmat.csv.gz"),
}
json.dump(result, sys.stdout, indent=1)
print()
