# Expected values of propeller's test by limma, from its published formulas, on counts simulated here. Run in this folder:
# Rscript composition.R. Written with R 4.2.2, limma 3.54.1, statmod 1.5.0, jsonlite 1.8.4.
suppressPackageStartupMessages({library(limma); library(jsonlite)})
set.seed(20262)
propeller <- function(counts, design, contrast, transform) {   # labels x samples
  tab <- t(counts)
  props <- tab / rowSums(tab)
  if (transform == "logit") { pseudo <- (tab + 0.5) / rowSums(tab + 0.5); z <- log(pseudo / (1 - pseudo)) }
  else z <- asin(sqrt(props))
  fit <- eBayes(contrasts.fit(lmFit(t(z), design), contrast), robust = TRUE)
  list(effect = fit$coefficients[, 1], t = fit$t[, 1], p = fit$p.value[, 1], dfTotal = fit$df.total,
       fdr = p.adjust(fit$p.value[, 1], "BH"))
}
draw <- function(base, n, spread) sapply(n, function(size) { p <- base * exp(rnorm(length(base), 0, spread)); rmultinom(1, size, p / sum(p)) })
base <- c(30, 20, 15, 10, 10, 8, 4, 3)
patients <- LETTERS[1:6]
paired <- matrix(0, 8, 12)
for (i in 1:6) {
  own <- base * exp(rnorm(8, 0, 0.8)); size <- round(exp(rnorm(2, log(600), 0.4)))
  paired[, 2 * i - 1] <- draw(own, size[1], 0.2)
  own[2] <- own[2] * 2.5
  paired[, 2 * i] <- draw(own, size[2], 0.2)
}
stage <- rep(c("untreated", "residual"), 6); patient <- rep(patients, each = 2)
design <- model.matrix(~ 0 + factor(stage, c("untreated", "residual")) + patient)
contrast <- c(-1, 1, rep(0, 5))
unpaired <- cbind(draw(base, c(300, 700, 500, 900), 0.3), draw(base * c(1, 1, 1, 4, 1, 1, 1, 1), c(400, 800, 350), 0.3))
group <- rep(c("untreated", "residual"), c(4, 3))
design2 <- model.matrix(~ 0 + factor(group, c("untreated", "residual")))
both <- function(counts, design, contrast) list(logit = propeller(counts, design, contrast, "logit"), arcsine = propeller(counts, design, contrast, "asin"))
write_json(list(paired = c(list(counts = paired, stage = stage, patient = patient), both(paired, design, contrast)),
  unpaired = c(list(counts = unpaired, stage = group), both(unpaired, design2, c(-1, 1)))), "expected.json", digits = I(17), auto_unbox = TRUE)
