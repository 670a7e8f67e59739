# Expected values of propeller's test by limma on two published tables of cell numbers, which are read and not kept here.
# Run in this folder: Rscript composition-real.R <folder with composition_haber_counts.csv and composition_sccomp_counts.csv.gz>
# Written with R 4.2.2, limma 3.54.1, statmod 1.5.0, jsonlite 1.8.4.
suppressPackageStartupMessages({library(limma); library(jsonlite)})
folder <- commandArgs(TRUE)[1]
propeller <- function(tab, group) {   # samples x labels; the second group against the first
  pseudo <- (tab + 0.5) / rowSums(tab + 0.5)
  z <- log(pseudo / (1 - pseudo))
  fit <- eBayes(contrasts.fit(lmFit(t(z), model.matrix(~ 0 + group)), c(-1, 1)), robust = TRUE)
  list(labels = colnames(tab), t = fit$t[, 1], p = fit$p.value[, 1], fdr = p.adjust(fit$p.value[, 1], "BH"))
}
haber <- read.csv(file.path(folder, "composition_haber_counts.csv"), check.names = FALSE)
keep <- grepl("Control|Salm", haber$Mouse)
salmonella <- propeller(as.matrix(haber[keep, -1]), factor(grepl("Salm", haber$Mouse[keep])))
long <- read.csv(file.path(folder, "composition_sccomp_counts.csv.gz"))
wide <- xtabs(count ~ sample + cell_group, long); class(wide) <- "matrix"; attr(wide, "call") <- NULL
type <- long$type[match(rownames(wide), long$sample)]
cancer <- propeller(wide, factor(type, c("benign", "cancer")))
write_json(list(salmonella = salmonella, cancer = cancer), "expected-real.json", digits = I(15), auto_unbox = TRUE)
