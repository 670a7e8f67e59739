# Expected values of PCA, Ward clustering, correlation and AUC. Run in this folder: Rscript sample-display.R. Written with R 4.2.2, jsonlite 1.8.4.
suppressPackageStartupMessages(library(jsonlite))
set.seed(99)
x <- matrix(rnorm(40 * 12), 40, 12) + outer(rnorm(40), rep(c(-1, 1), each = 6)) * 1.5
rows <- function(x) as.vector(t(x))
pca <- function(x, ...) { p <- prcomp(t(x), ...); list(sdev = p$sdev[1:5], scores = rows(p$x[, 1:5]), loadings = rows(p$rotation[, 1:5]), explained = summary(p)$importance[2, 1:5], exact = (p$sdev^2 / sum(p$sdev^2))[1:5]) }
points <- round(matrix(rnorm(60 * 3), 60) + rep(c(0, 2, 5), each = 20), 3)
h <- hclust(dist(points), "ward.D2")
a <- c(2, 1, 3, 3, NA, 8, 5, 5, 0.5); b <- c(1, 1, 2, 5, 3, 9, NA, 4, 0)
auc <- function(p, n) mean(outer(p, n, function(a, b) (a > b) + (a == b) / 2))
m <- matrix(c(rnorm(30), rep(2, 6)), 6, 6)
out <- list(pca = list(values = rows(x), plain = pca(x), scaled = pca(x, scale. = TRUE), few = list(values = rows(x[1:4, ]), p = pca(rbind(x[1:4, ], 0)[1:5, ]))),
  ward = list(points = rows(points), merges = rows(h$merge), heights = h$height, order = h$order, cuts = lapply(2:6, function(k) cutree(h, k))),
  correlation = list(a = a, b = b, pearson = cor(a, b, use = "complete.obs"), spearman = cor(a, b, use = "complete.obs", method = "spearman"), ranks = rank(a, na.last = "keep")),
  auc = list(positives = c(3, 4, 4, 7, 1), negatives = c(2, 4, 1, 0), value = auc(c(3, 4, 4, 7, 1), c(2, 4, 1, 0))),
  eigen = { s <- crossprod(matrix(rnorm(49), 7)); e <- eigen(s, symmetric = TRUE); list(matrix = rows(s), values = e$values) })
write_json(out, "expected.json", digits = I(17), auto_unbox = TRUE, na = "null")
