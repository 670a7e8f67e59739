# Rarefied richness and Chao 1 (bias-corrected) of invented clone sizes by vegan.
# Rscript reference/lineages/rarefy.R > reference/lineages/expected.json
suppressMessages(library(vegan))
library(jsonlite)

cases <- list(
  "equal clones" = rep(4, 25),
  "singletons only" = rep(1, 60),
  "one clone" = 80,
  "geometric" = c(128, 64, 32, 16, 8, 4, 2, 1, 1, 1),
  "one clone of 300 among small ones" = c(300, 9, 7, 5, 3, 3, 2, 2, 2, rep(1, 12))
)

one <- function(name) {
  sizes <- cases[[name]]
  depths <- unique(c(1, 2, 10, floor(sum(sizes) / 2), sum(sizes)))
  list(
    name = name,
    sizes = I(sizes),
    depths = I(depths),
    rarefied = I(vapply(depths, function(m) as.numeric(rarefy(sizes, m)), 0)),
    chao1 = unname(estimateR(sizes)["S.chao1"])
  )
}

cat(toJSON(lapply(names(cases), one), digits = 15, auto_unbox = TRUE, pretty = TRUE), "\n")
