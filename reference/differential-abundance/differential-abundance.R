# Expected values of the test of cell numbers in neighbourhoods, on counts simulated here. Run in this folder:
# Rscript differential-abundance.R. Written with R 4.2.2, limma 3.54.1, jsonlite 1.8.4.
suppressPackageStartupMessages({library(limma); library(jsonlite)})
set.seed(20261)
patients <- c("A", "B", "C", "D", "E"); k <- length(patients); n <- 40
cells <- round(exp(rnorm(2 * k, log(800), 0.3)))
patient <- rep(patients, each = 2); stage <- rep(c("untreated", "residual"), k)
share <- matrix(exp(rnorm(n * k, 0, 1.2)), n, k)
for (g in 1:15) share[g, sample(k, sample(1:3, 1))] <- 0   # places some patients have no cells in
share[36:38, 2:k] <- 0                                      # places of one patient
mu <- share[, rep(1:k, each = 2)]; mu <- t(t(mu / rowMeans(mu)) * cells / mean(cells)) * 6
mu[1:4, stage == "residual"] <- mu[1:4, stage == "residual"] * 4
y <- matrix(rnbinom(length(mu), size = 10, mu = mu), n)
byPatient <- t(rowsum(t(y), patient))[, patients]
tested <- which(rowSums(byPatient > 0) >= 2)
design <- model.matrix(~ 0 + patient + (stage == "residual"))
v <- voom(y[tested, ], design, lib.size = cells)
silent <- byPatient[tested, rep(1:k, each = 2)] == 0
v$weights[silent] <- 0; v$E[silent] <- NA
fit <- eBayes(suppressWarnings(lmFit(v, design)))
last <- ncol(design)
logFC <- fit$coefficients[, last]
p <- fit$p.value[, last]
# Spatial FDR, from its definition.
distance <- round(exp(rnorm(n, 0, 0.5)), 3); distance[tested[3]] <- 0
w <- 1 / pmax(distance[tested], min(distance[distance > 0]))
adjusted <- sapply(seq_along(p), function(i) min(1, sapply(which(p >= p[i]), function(j) p[j] * sum(w) / sum(w[p <= p[j]]))))
write_json(list(counts = y, cells = cells, patient = patient, stage = stage, tested = tested - 1,
  logFC = logFC, se = sqrt(fit$s2.post) * fit$stdev.unscaled[, last], t = fit$t[, last], p = p, dfPrior = fit$df.prior,
  distance = distance, spatialFdr = adjusted), "expected.json", digits = I(17), auto_unbox = TRUE)
