# Reference P values of robust rank aggregation. Needs RobustRankAggreg 1.2 and jsonlite; run in this folder, writes expected.json.
suppressMessages({
  library(RobustRankAggreg)
  library(jsonlite)
})
set.seed(7)
sets <- c(list(c(0.01,0.02,0.5,0.03), c(0.01,NA,0.5), c(1), c(1e-6,1e-6,1,1), c(0.2,0.2,0.2)), lapply(1:20, function(i) round(runif(sample(2:8,1)),4)))
out <- lapply(sets, function(r) list(ranks=r, p=rhoScores(r)))
write(toJSON(out, auto_unbox=TRUE, digits=NA, na="null"), "expected.json")
