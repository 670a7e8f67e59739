# How the top 100 genes of the published-style model change when one patient is left out. R 4.2.2, limma 3.54.1,
# edgeR 3.40.2. Run in this folder; reads the eight-patient study from ../../../shared. Writes counts only.
suppressPackageStartupMessages({library(limma); library(edgeR); library(jsonlite)})
m <- read.csv(gzfile("../../../shared/data/bulk/tnbc_pdx_ap1_baudre/common_rawcounts_8pdx.csv.gz"), check.names = FALSE)
rownames(m) <- m$Symbol; m <- as.matrix(m[, -1])
patient <- sub("_.*", "", colnames(m)); suffix <- sub(".*_", "", colnames(m))
stage <- ifelse(grepl("chemonaive", suffix), "untreated", ifelse(grepl("Relapse", suffix), "relapse", "residual"))
fit <- function(keep) {
  S <- factor(stage[keep]); P <- factor(patient[keep]); X <- model.matrix(~0 + S + P)
  contrast <- (colnames(X) == "Sresidual") - (colnames(X) == "Suntreated")
  g <- calcNormFactors(DGEList(m[, keep]))
  eBayes(contrasts.fit(lmFit(voom(g, X), X), contrast))$t[, 1]
}
top <- function(t) rownames(m)[order(-t)[1:100]]
all <- fit(rep(TRUE, ncol(m)))
left <- lapply(sort(unique(patient)), function(p) { t <- fit(patient != p)
  list(patient = p, up = length(intersect(top(t), top(all))), down = length(intersect(top(-t), top(-all)))) })
write_json(left, "expected.json", auto_unbox = TRUE, pretty = TRUE)
