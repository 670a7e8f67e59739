# Expected values of random-effects meta-analysis. Run in this folder: Rscript meta-analysis.R. Written with R 4.2.2, metafor 3.8-1, jsonlite 1.8.4.
# metafor's iterations are tightened, because its default stops at a change of 1e-5 of the variance.
suppressPackageStartupMessages({library(metafor); library(jsonlite)})
set.seed(4711)
cases <- list(
  eight = list(y = c(0.9, 1.4, 0.2, 1.1, 2.3, -0.4, 0.8, 1.6), v = c(0.05, 0.2, 0.1, 0.02, 0.5, 0.3, 0.04, 0.15)),
  homogeneous = list(y = c(0.5, 0.52, 0.47, 0.55, 0.49), v = c(0.1, 0.2, 0.15, 0.3, 0.12)),
  two = list(y = c(1, 2), v = c(0.1, 0.4)),
  wide = list(y = rnorm(25, 0.3, 1.2), v = rgamma(25, 1.5, 4)),
  tiny = list(y = rnorm(6, 0, 1e-4), v = rgamma(6, 2, 2e9)))
control <- list(threshold = 1e-15, tol = 1e-15, maxiter = 10000, stepadj = 0.5)
one <- function(case, method) {
  r <- rma(yi = case$y, vi = case$v, method = method, test = "knha", control = if (method == "REML") control else list(tol = 1e-15, maxiter = 10000, tau2.max = 1e4))
  w <- list(estimate = as.numeric(r$b), standardError = r$se, low = r$ci.lb, high = r$ci.ub, tau2 = r$tau2, i2 = r$I2 / 100, q = r$QE, qPValue = r$QEp, pValue = r$pval)
  e <- summary(lm(case$y ~ 1)); ci <- confint(lm(case$y ~ 1)); co <- coef(e)
  list(inverseVariance = w, equal = list(estimate = co[1], standardError = co[2], low = ci[1], high = ci[2], pValue = co[4]))
}
out <- lapply(cases, function(case) c(case, list(REML = one(case, "REML"), PM = one(case, "PM"))))
write_json(out, "expected.json", digits = I(17), auto_unbox = TRUE)
