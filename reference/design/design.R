# Reference values of the design check: Cramér's V of stage × technology without bias correction, and residual degrees
# of freedom of the model ~ 0 + stage + patient.
# Run in this folder: Rscript design.R > expected.json. Written with R 4.2.2, jsonlite 1.8.4.
library(jsonlite)

design <- function(...) {
  rows <- list(...)
  do.call(rbind, lapply(rows, function(r) {
    data.frame(patient = r[[1]], technology = r[[2]], stage = rep(c("untreated", "residual", "relapse"), r[[3]]))
  }))
}

cramers_v <- function(d) {
  compared <- d[d$stage != "relapse", ]
  m <- table(compared$technology, compared$stage)
  if (min(dim(m)) < 2) return(NA)
  chi <- suppressWarnings(chisq.test(m, correct = FALSE))$statistic
  sqrt(unname(chi) / (sum(m) * (min(dim(m)) - 1)))
}

residual_df <- function(d) {
  columns <- cbind(
    sapply(unique(d$stage), function(s) as.numeric(d$stage == s)),
    sapply(unique(d$patient), function(p) as.numeric(d$patient == p))
  )
  nrow(d) - qr(columns)$rank
}

# The eight patients of the reference study, by patient: technology, then samples untreated, residual, relapse.
studies <- list(
  reference = design(
    list("HBCx172", "10x", c(1, 1, 0)), list("HBCx218", "10x", c(1, 1, 0)), list("HBCx221", "10x", c(1, 1, 0)),
    list("HBCx39", "10x", c(1, 1, 0)), list("HBCx95", "10x", c(1, 1, 0)), list("HBCx10", "array", c(8, 8, 8)),
    list("HBCx33", "array", c(7, 14, 14)), list("HBCx14", "bulk", c(3, 15, 0))
  ),
  one_library_per_arm = design(list("PC9", "Drop-seq", c(1, 1, 0))),
  apart = design(list("P1", "a", c(4, 0, 0)), list("P2", "b", c(0, 3, 0)), list("P3", "c", c(0, 0, 2))),
  two_parts = design(list("P1", "a", c(2, 1, 0)), list("P2", "b", c(1, 3, 0)), list("P3", "b", c(0, 0, 2))),
  back_links = design(list("P1", "a", c(2, 0, 1)), list("P2", "b", c(0, 3, 1)))
)
out <- lapply(studies, function(d) {
  list(
    rows = unname(apply(d, 1, function(r) as.list(unname(r)))),
    cramersV = cramers_v(d),
    residualDegreesOfFreedom = residual_df(d)
  )
})
cat(toJSON(out, auto_unbox = TRUE, digits = NA, na = "null"), "\n")
