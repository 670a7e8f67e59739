# Expected values of cell metrics and median-deviation limits: scuttle (run as an oracle), on the planted matrix of empty-droplets.
# Rscript make_reference.R   (from this folder; writes expected.json)
suppressMessages({
  library(scuttle)
  library(Matrix)
  library(jsonlite)
})
entries <- read.csv("../empty-droplets/planted.csv.gz")
counts <- sparseMatrix(i = entries$gene + 1, j = entries$barcode + 1, x = entries$count)
mitochondrial <- seq(1, nrow(counts), by = 17)
qc <- perCellQCMetrics(counts, subsets = list(mt = mitochondrial), percent.top = 50)
limits <- function(x, ...) {
  out <- isOutlier(x, ...)
  list(thresholds = unname(attr(out, "thresholds")), outliers = which(as.logical(out)) - 1)
}
expected <- list(
  version = as.character(packageVersion("scuttle")),
  mitochondrial = mitochondrial - 1,
  sum = qc$sum, detected = qc$detected,
  top50 = qc[["percent.top_50"]] / 100, mt = qc$subsets_mt_percent / 100,
  sumLog = limits(qc$sum, log = TRUE, nmads = 3),
  detectedLog = limits(qc$detected, log = TRUE, nmads = 2),
  mtLinear = limits(qc$subsets_mt_percent / 100, nmads = 3)
)
write(toJSON(expected, auto_unbox = TRUE, digits = 15), "expected.json")
