# Moderated one-sample t over patients. R 4.2.2, limma 3.54.1. Run in this folder: Rscript patient-level-test.R
suppressPackageStartupMessages({library(limma); library(jsonlite)})
set.seed(20)
n <- 60; k <- 6
sigma <- sqrt(0.2 * 5 / rchisq(n, 5))
effects <- matrix(rnorm(n * k, rep(c(rep(1, 10), rep(0, n - 10)), k), sigma), n, k)
fit <- eBayes(lmFit(effects, matrix(1, k, 1)))
write_json(list(nPatients = k, effects = as.vector(t(effects)), meanEffect = as.vector(fit$coefficients),
  t = as.vector(fit$t), pValue = as.vector(fit$p.value), dfPrior = fit$df.prior, dfTotal = fit$df.total[1]),
  "expected.json", digits = NA, auto_unbox = TRUE)
