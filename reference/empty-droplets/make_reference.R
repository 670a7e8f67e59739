# Expected values of empty droplets: DropletUtils (run as an oracle), edgeR.
# Rscript make_reference.R PATH_TO_SHARED   (from this folder; writes planted.csv.gz and expected.json)
suppressMessages({
  library(DropletUtils)
  library(Matrix)
  library(jsonlite)
})
shared <- commandArgs(TRUE)[1]

# A planted matrix: 200 genes; 600 empty droplets drawn from an overdispersed ambient profile; 40 cells of two kinds with little RNA
# and 20 with much. Barcodes are columns here, as DropletUtils has them.
set.seed(20)
nGenes <- 200
ambient <- rgamma(nGenes, 0.6); ambient <- ambient / sum(ambient)
kinds <- sapply(1:2, function(k) { p <- ambient * exp(rnorm(nGenes)); p / sum(p) })
dirichlet <- function(p, alpha) { g <- rgamma(length(p), p * alpha); g / sum(g) }
droplet <- function(p, n, alpha) rmultinom(1, n, dirichlet(p, alpha))[, 1]
empty <- sapply(rpois(600, 35) + 1, function(n) droplet(ambient, n, 300))
small <- sapply(1:40, function(i) droplet(kinds[, 1 + i %% 2], 100 + rpois(1, 60), 200))
large <- sapply(1:20, function(i) droplet(kinds[, 1 + i %% 2], 600 + rpois(1, 300), 200))
planted <- cbind(empty, small, large)
rownames(planted) <- paste0("GENE", seq_len(nGenes))
entries <- which(planted > 0, arr.ind = TRUE)
out <- gzfile("planted.csv.gz", "w")
writeLines("barcode,gene,count", out)
writeLines(paste(entries[, 2] - 1, entries[, 1] - 1, planted[entries], sep = ","), out)
close(out)

describe <- function(counts, lower, seed, pValues) {
  m <- as(counts, "dgCMatrix")
  ranks <- barcodeRanks(m, lower = lower)
  set.seed(seed)
  e <- emptyDrops(m, lower = lower)
  called <- !is.na(e$FDR) & e$FDR <= 0.001
  total <- colSums(m)
  used <- rowSums(m) > 0
  ambient <- rowSums(m[used, total <= lower])
  result <- list(
    lower = lower, alpha = metadata(e)$alpha, retain = metadata(e)$retain,
    knee = metadata(ranks)$knee, inflection = metadata(ranks)$inflection,
    nCalled = sum(called), called = paste(as.integer(called), collapse = "")
  )
  if (pValues) result <- c(result, list(
    pValue = e$PValue,
    ambient = unname(ambient), goodTuring = unname(edgeR::goodTuringProportions(ambient)[, 1])
  ))
  result
}

expected <- list(
  versions = list(DropletUtils = as.character(packageVersion("DropletUtils")), edgeR = as.character(packageVersion("edgeR"))),
  planted = describe(planted, 80, 1, TRUE)
)
for (arm in c("Day11_control", "Day11_Erlotinib")) {
  file <- file.path(shared, "data/singlecell/pc9_erlotinib_aissa", paste0(arm, ".dge.txt.gz"))
  counts <- as.matrix(read.table(gzfile(file), header = TRUE, row.names = 1, check.names = FALSE))
  expected[[arm]] <- describe(counts, 100, 1, FALSE)
  set.seed(2)
  again <- emptyDrops(as(counts, "dgCMatrix"), lower = 100)
  other <- !is.na(again$FDR) & again$FDR <= 0.001
  expected[[arm]]$changedWithSeed <- sum(other != (strsplit(expected[[arm]]$called, "")[[1]] == "1"))
}
write(toJSON(expected, auto_unbox = TRUE, digits = 15, na = "null"), "expected.json")
