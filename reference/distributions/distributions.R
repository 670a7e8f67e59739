# Expected values of normal, chi-squared, beta and hypergeometric tails and of small exact tests (t and F: tails.py). Run in this folder: Rscript distributions.R. Written with R 4.2.2, statmod 1.5.0, jsonlite 1.8.4.
suppressPackageStartupMessages(library(jsonlite))
grid <- function(f, ...) { g <- expand.grid(..., KEEP.OUT.ATTRS = FALSE); cbind(g, value = do.call(f, unname(as.list(g)))) }
rows <- function(d) unname(lapply(split(as.matrix(d), seq_len(nrow(d))), as.numeric))
out <- list(
  normalUpper = rows(grid(function(z) pnorm(z, lower.tail = FALSE), c(-8, -3, -0.5, 0, 0.1, 1, 2.5, 6, 10, 20, 37))),
  normalQuantile = rows(grid(qnorm, c(1e-300, 1e-100, 1e-12, 1e-4, 0.025, 0.3, 0.5, 0.9, 0.9999))),
  chiSquaredUpper = rows(grid(function(x, d) pchisq(x, d, lower.tail = FALSE), c(0, 0.01, 1, 7, 60, 600), c(0.5, 1, 7, 200))),
  chiSquaredQuantile = rows(grid(qchisq, c(1e-8, 0.05, 0.5, 0.95, 0.99999), c(0.5, 1, 7, 200))),
  betaQuantile = rows(grid(qbeta, c(1e-6, 0.025, 0.5, 0.975), c(0.5, 1, 20), c(1, 3.5, 60))),
  betaUpper = rows(grid(function(x, a, b) pbeta(x, a, b, lower.tail = FALSE), c(0, 0.01, 0.4, 0.99, 1), c(0.5, 1, 20), c(1, 3.5, 60))),
  trigammaInverse = rows(grid(Vectorize(function(x) limma::trigammaInverse(x)), c(1e-8, 1e-3, 0.1, 1, 1.6, 50, 1e6, 1e9))),
  tetragamma = rows(grid(function(x) psigamma(x, 2), c(1e-3, 0.3, 1, 4.5, 11.9, 12, 300))),
  gaussLegendre = { g <- statmod::gauss.quad.prob(128, dist = "uniform"); list(nodes = g$nodes, weights = g$weights) },
  hypergeometricUpper = rows(grid(function(k, N, m, n) phyper(k - 1, m, N - m, n, lower.tail = FALSE), c(0, 1, 5, 18, 26), c(14989), c(35, 49), c(308, 836))),
  logHypergeometricUpper = rows(grid(function(k, N, m, n) phyper(k - 1, m, N - m, n, lower.tail = FALSE, log.p = TRUE), c(3, 150, 300), c(20000), c(300), c(900))),
  clopperPearson = unname(lapply(list(c(53, 99, .95), c(53, 99, .9), c(62, 99, .95), c(90, 99, .95), c(0, 12, .95), c(12, 12, .95), c(1, 1, .9)), function(x) c(x, binom.test(x[1], x[2], conf.level = x[3])$conf.int))),
  signTest = unname(lapply(list(c(8, 0), c(7, 1), c(4, 4), c(3, 5), c(60, 30)), function(x) c(x, binom.test(x[1], sum(x))$p.value))),
  quantile = unname(lapply(c(0, .1, .25, .5, .77, 1), function(p) c(p, quantile(c(3, 1, 4, 1, 5, 9, 2, 6), p, names = FALSE)))),
  bh = { p <- c(0.01, 0.04, 0.03, NA, 0.005, 0.9, 0.04, 1e-20); list(p = p, adjusted = p.adjust(p, "BH")) })
write_json(out, "expected.json", digits = I(17), auto_unbox = TRUE, na = "null")
