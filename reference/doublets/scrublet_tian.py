"""Scrublet on the Tian et al. cell-line mixtures: AUROC against the genotype truth, beside ours on the same input.

python reference/doublets/scrublet_tian.py ../shared/data/singlecell/luad_celllines_tian > reference/doublets/scrublet_tian.json
"""

import contextlib
import json
import sys
import warnings

import numpy as np
import pandas as pd
import scipy.sparse as sp
import scrublet
from sklearn.metrics import roc_auc_score

warnings.filterwarnings("ignore")
folder = sys.argv[1]
plates = ["sc_celseq2_3cl", "sc_celseq2_5cl_p1", "sc_celseq2_5cl_p2", "sc_dropseq_3cl"]
seeds = [1, 2, 3, 4, 5]
expected_rate = 0.06

rows = []
for plate in plates:
    meta = pd.read_csv(f"{folder}/{plate}.metadata.csv.gz", index_col=0)
    counts = pd.read_csv(f"{folder}/{plate}.count.csv.gz", index_col=0)
    truth = (meta.loc[counts.columns, "demuxlet_cls"] == "DBL").values
    matrix = sp.csc_matrix(counts.T.values.astype(float))
    aurocs, calls, right = [], [], []
    for seed in seeds:
        tool = scrublet.Scrublet(matrix, expected_doublet_rate=expected_rate, random_state=seed)
        with contextlib.redirect_stdout(sys.stderr):
            scores, called = tool.scrub_doublets(verbose=False)
        called = np.zeros(len(truth), bool) if called is None else called
        aurocs.append(round(float(roc_auc_score(truth, scores)), 4))
        calls.append(int(called.sum()))
        right.append(int((called & truth).sum()))
    rows.append(
        {
            "plate": plate,
            "cells": int(len(truth)),
            "doublets": int(truth.sum()),
            "auroc": aurocs,
            "called": calls,
            "calledRight": right,
        }
    )

print(json.dumps({"tool": "scrublet 0.2.3", "expectedRate": expected_rate, "seeds": seeds, "plates": rows}, indent=1))
