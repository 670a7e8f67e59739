"""Small files in encodings that today's readers must know, written by the reference implementations.

Usage: python make_fixtures.py   (anndata 0.12, h5py 3, zarr 3)
Every file holds the same six cells and five genes: X[i, j] = (7 i + 3 j) mod 5.
"""
import shutil
import warnings
from pathlib import Path

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp
import zarr

warnings.filterwarnings("ignore")
anndata.settings.allow_write_nullable_strings = True
out = Path(__file__).resolve().parent / "fixtures"
out.mkdir(exist_ok=True)

X = np.array([[(7 * i + 3 * j) % 5 for j in range(5)] for i in range(6)])
cells = [f"cell{i}" for i in range(6)]
genes = ["CD44", "FOSL1", "MYC", "TP53", "KRT8"]


def obs():
    return pd.DataFrame(
        {
            "state": pd.Categorical(["a", "b", None, "a", "b", "a"]),
            "clone": pd.Categorical([2, 1, 2, 2, 1, 1]),
            "batch": ["x", "y", "z", "w", "v", "é"],
            "nGenes": pd.array([1, 2, None, 4, 5, 6], dtype="Int64"),
            "isGood": pd.array([True, None, False, True, True, False], dtype="boolean"),
            "kept": [True, False, True, True, False, True],
            "score": [0.5, np.nan, 1.5, 2.5, -1.0, 1e-300],
            "n": np.arange(6, dtype=np.int64) * 10**12,
        },
        index=cells,
    )


def whole(x):
    a = anndata.AnnData(x, obs=obs(), var=pd.DataFrame({"ids": [f"ENSG{i:011d}" for i in range(5)]}, index=genes))
    a.layers["counts"] = sp.csc_matrix(X.astype(np.int64))
    a.layers["log"] = np.log1p(X).astype(np.float32)
    a.obsm["X_pca"] = np.arange(12, dtype=np.float64).reshape(6, 2) / 4
    a.uns["title"] = "fixture"
    a.uns["k"] = 3
    a.uns["names"] = np.array(["p", "q"], dtype=object)
    raw = anndata.AnnData(sp.csr_matrix(np.hstack([X, X[:, :1] + 1]).astype(np.float32)), obs=obs()[[]], var=pd.DataFrame(index=[*genes, "ACTB"]))
    a.raw = raw
    return a


for name, x in {"csr": sp.csr_matrix(X.astype(np.float32)), "csc": sp.csc_matrix(X.astype(np.float64)), "dense": X.astype(np.int32)}.items():
    whole(x).write_h5ad(out / f"{name}.h5ad", compression="gzip")

for version in (2, 3):
    folder = out / f"zarr{version}"
    shutil.rmtree(folder, ignore_errors=True)
    anndata.settings.zarr_write_format = version
    whole(sp.csr_matrix(X.astype(np.float32))).write_zarr(folder)
    zarr.consolidate_metadata(folder)
    shutil.make_archive(str(out / f"v{version}.zarr"), "zip", folder)
    shutil.rmtree(folder)

a = whole(sp.csr_matrix(X.astype(np.float32)))
a.raw = None
a.X = None
a.write_h5ad(out / "without_x.h5ad")

text = h5py.string_dtype()
with h5py.File(out / "anndata07.h5ad", "w") as f:  # the encoding of anndata 0.7
    f["X"] = X.astype(">f4")
    for name, index in (("obs", cells), ("var", genes)):
        g = f.create_group(name)
        g.attrs.update({"encoding-type": "dataframe", "encoding-version": "0.1.0", "_index": "names"})
        g.create_dataset("names", data=np.array(index, dtype=object), dtype=text)
    f["var"].attrs["column-order"] = np.array([], dtype=float)
    f["obs"].attrs["column-order"] = np.array(["state", "kept"], dtype=object)
    f["obs/state"] = np.array([0, 1, -1, 0, 1, 0], dtype=np.int8)
    f["obs/kept"] = np.array([True, False, True, True, False, True])
    f["obs"].create_dataset("__categories/state", data=np.array(["a", "b"], dtype=object), dtype=text)
    f["obs/state"].attrs["categories"] = f["obs/__categories/state"].ref
    g = f.create_group("layers/spliced")
    m = sp.csr_matrix(X)
    g.attrs.update({"encoding-type": "csr_matrix", "encoding-version": "0.1.0", "shape": X.shape})
    order = np.concatenate([np.arange(s, e)[::-1] for s, e in zip(m.indptr, m.indptr[1:])])  # unsorted, as some tools write
    g["data"], g["indices"], g["indptr"] = m.data[order], m.indices[order], m.indptr

with h5py.File(out / "cellranger2.h5", "w") as f:  # two genomes, as Cell Ranger 2 writes them
    for genome, shift in (("hg19", 0), ("mm10", 1)):
        m = sp.csc_matrix((X + shift).T % 5)
        g = f.create_group(genome)
        g["barcodes"] = np.array([f"{c}-1" for c in cells], dtype="S")
        g["genes"] = np.array([f"{genome}_ENS{i}" for i in range(5)], dtype="S")
        g["gene_names"] = np.array(genes, dtype="S")
        g["data"], g["indices"], g["indptr"], g["shape"] = m.data, m.indices.astype(np.int64), m.indptr.astype(np.int64), m.shape

with h5py.File(out / "cellranger3.h5", "w") as f:  # genes and antibodies, two genomes
    m = sp.csc_matrix(X.T)
    g = f.create_group("matrix")
    g["barcodes"] = np.array(cells[:5] + ["cell0"], dtype="S")
    g["data"], g["indices"], g["indptr"], g["shape"] = m.data * 2**24 + (m.data > 0), m.indices.astype(np.int64), m.indptr.astype(np.int64), np.array(m.shape, dtype=np.int32)
    g["features/id"] = np.array([f"id{i}" for i in range(5)], dtype="S")
    g["features/name"] = np.array(genes, dtype="S")
    g["features/feature_type"] = np.array(["Gene Expression"] * 4 + ["Antibody Capture"], dtype="S")
    g["features/genome"] = np.array(["GRCh38", "GRCh38", "mm10", "GRCh38", ""], dtype="S")
