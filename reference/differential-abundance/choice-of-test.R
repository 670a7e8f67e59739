# Why voom, and why units of patients without cells are left out: rejection rates without a change, and power at a threefold
# change, for counts of the size found in neighbourhoods. k patients in pairs, mean count m, negative-binomial dispersion phi
# between the samples of a patient, a share of places that only two of the patients have cells in.
# Run in this folder: Rscript choice-of-test.R > choice-of-test.txt. Written with R 4.2.2, limma 3.54.1, edgeR 3.40.2.
suppressPackageStartupMessages({library(edgeR); library(limma)})
set.seed(1)
binomialDeviance <- function(b, n, p) {
  2 * sum(ifelse(b > 0, b * log(b / (n * p)), 0) + ifelse(n - b > 0, (n - b) * log((n - b) / (n * (1 - p))), 0))
}
# Quasi-likelihood on the conditional binomial: the Poisson model with a patient block, one parameter per place.
quasiPoisson <- function(y, N, from, to) {
  offset <- log(N[to] / N[from]); before <- y[, from]; after <- y[, to]; n <- before + after
  r <- sapply(seq_len(nrow(y)), function(g) {
    u <- n[g, ] > 0; B <- after[g, u]; M <- n[g, u]; o <- offset[u]
    null <- binomialDeviance(B, M, plogis(o))
    if (sum(B) == 0 || sum(B) == sum(M)) return(c(null, 0, 0))
    beta <- uniroot(function(x) sum(M * plogis(x + o)) - sum(B), c(-30, 30), tol = 1e-10)$root
    full <- binomialDeviance(B, M, plogis(beta + o))
    c(null - full, full, sum(u) - 1)
  })
  df <- r[3, ]; ok <- df > 0
  squeezed <- squeezeVar((r[2, ] / df)[ok], df[ok])
  posterior <- rep(squeezed$var.prior, ncol(r)); posterior[ok] <- squeezed$var.post
  pmax(pf(r[1, ] / posterior, 1, pmin(df + squeezed$df.prior, sum(df)), lower.tail = FALSE), pchisq(r[1, ], 1, lower.tail = FALSE))
}
once <- function(k, m, phi, private, change = 1, G = 300) {
  N <- round(exp(rnorm(2 * k, log(1000), 0.3))); patient <- rep(1:k, each = 2); stage <- rep(0:1, k)
  base <- matrix(exp(rnorm(G * k, 0, 1.2)), G, k)
  for (g in seq_len(round(private * G))) base[g, -sample(k, 2)] <- 0
  mu <- t(t((base / rowMeans(base))[, patient]) * N / mean(N)) * m
  mu[, stage == 1] <- mu[, stage == 1] * change
  y <- matrix(if (phi > 0) rnbinom(length(mu), size = 1 / phi, mu = mu) else rpois(length(mu), mu), G)
  present <- t(rowsum(t(y), patient)) > 0
  y <- y[rowSums(present) >= 2, ]; present <- present[rowSums(present) >= 2, patient]
  design <- model.matrix(~ factor(patient) + stage)
  v <- voom(y, design, lib.size = N)
  plain <- eBayes(lmFit(v, design))$p.value[, "stage"]
  v$E[!present] <- NA; v$weights[!present] <- 0
  left <- eBayes(suppressWarnings(lmFit(v, design)))$p.value[, "stage"]
  d <- estimateDisp(DGEList(y, lib.size = N), design)
  ql <- glmQLFTest(glmQLFit(d, design, robust = TRUE))$table$PValue
  p <- list(voom = plain, voomLeftOut = left, edgeRQL = ql, quasiPoisson = quasiPoisson(y, N, stage == 0, stage == 1))
  sapply(p, function(x) c(mean(x < 0.05), mean(x < 0.001)))
}
report <- function(change, grid) for (i in seq_len(nrow(grid))) {
  g <- grid[i, ]
  r <- Reduce(`+`, lapply(1:8, function(j) once(g$k, g$m, g$phi, g$private, change))) / 8
  cat(sprintf("k=%d m=%-2g phi=%.1f private=%.1f ", g$k, g$m, g$phi, g$private), paste(sprintf("%s %.3f/%.4f", colnames(r), r[1, ], r[2, ]), collapse = "  "), "\n")
}
cat("No change: share of P below 0.05 / 0.001\n")
report(1, expand.grid(private = c(0, 0.6), phi = c(0, 0.3), m = c(1, 3, 10), k = c(3, 5)))
cat("Threefold change\n")
report(3, expand.grid(private = c(0, 0.6), phi = 0.1, m = c(3, 10), k = c(3, 5)))
