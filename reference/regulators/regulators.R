# Reference values for regulator activity on a small simulated network.
# R 4.2.2, decoupleR 2.4.0. Run in this folder: Rscript regulators.R
suppressPackageStartupMessages({ library(decoupleR); library(jsonlite) })
set.seed(20251)
genes <- sprintf("GENE%03d", 1:300)
sizes <- c(TFA = 8, TFB = 15, TFC = 25, TFD = 40, TFE = 60, TFF = 12, TFG = 30, TFH = 5, TFI = 4, TFJ = 20)
network <- do.call(rbind, lapply(names(sizes), function(source) {
  data.frame(source = source, target = sample(genes, sizes[[source]]),
             mor = sample(c(-1, 1, 1), sizes[[source]], replace = TRUE))
}))
# Weights other than one for two regulators; TFF shares nine of its targets with TFE.
graded <- network$source %in% c("TFC", "TFJ")
network$mor[graded] <- round(network$mor[graded] * runif(sum(graded), 0.2, 2), 3)
network$target[network$source == "TFF"][1:9] <- network$target[network$source == "TFE"][1:9]
network <- network[!duplicated(network[, c("source", "target")]), ]
statistic <- cbind(contrast = rnorm(300), second = rnorm(300) + 0.3)
rownames(statistic) <- genes
active <- network[network$source == "TFD", ]
statistic[active$target, 1] <- statistic[active$target, 1] + 1.5 * active$mor
statistic <- round(statistic, 6)

args <- list(.source = "source", .target = "target", .mor = "mor", minsize = 5)
run <- function(method, ...) do.call(method, c(list(statistic, network), args, list(...)))
u <- run(run_ulm); m <- run(run_mlm); w <- run(run_wsum, times = 2000, seed = 1)
columns <- c("statistic", "source", "condition", "score", "p_value")
activities <- rbind(u[, columns], m[, columns], w[, columns])
recommended <- run_consensus(rbind(u, m, w[w$statistic == "norm_wsum", ]))
all_five <- run_consensus(rbind(u, m, w))

# Collinear regulators: decoupleR stops, so the identified coefficients come from lm, which leaves one of a pair out.
wide <- function(net) {
  sources <- sort(unique(net$source)); x <- matrix(0, 300, length(sources), dimnames = list(genes, sources))
  x[cbind(match(net$target, genes), match(net$source, sources))] <- net$mor; x
}
doubled <- rbind(network[network$source != "TFI", ],
                 transform(network[network$source == "TFB", ], source = "TFZ", mor = -2 * mor))
fit <- summary(lm(statistic[, 1] ~ wide(doubled)))$coefficients[-1, ]
rownames(fit) <- sub("wide(doubled)", "", rownames(fit), fixed = TRUE)
collinear <- data.frame(source = rownames(fit), t = fit[, 3], p = fit[, 4])
collinear <- collinear[!collinear$source %in% c("TFB", "TFZ"), ]

write_json(list(
  versions = list(R = "4.2.2", decoupleR = as.character(packageVersion("decoupleR"))), permutations = 2000,
  genes = genes, statistic = list(contrast = statistic[, 1], second = statistic[, 2]),
  network = network, activities = activities,
  consensus = list(recommended = recommended[, c("source", "condition", "score", "p_value")],
                   allFive = all_five[, c("source", "condition", "score", "p_value")]),
  collinear = list(copy = "TFZ", of = "TFB", factor = -2, identified = collinear)
), "regulators.json", digits = 15, auto_unbox = TRUE)
