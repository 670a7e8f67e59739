# The R side of bench/regulators.ts: the same activities from the same files, timed from inside.
# Arguments: table of statistics (csv.gz), regulons (csv.gz), permutations.
clock <- function() as.numeric(Sys.time()) * 1000
suppressPackageStartupMessages(library(decoupleR))
arguments <- commandArgs(TRUE)
rows <- read.csv(gzfile(arguments[1]))
statistic <- matrix(rows$t, ncol = 1, dimnames = list(rows$Symbol, "t"))
edges <- read.csv(gzfile(arguments[2]))
cpu <- function() sum(proc.time()[1:2]) * 1000
cpu_before <- cpu()
start <- clock()
network <- intersect_regulons(statistic, edges[!duplicated(edges[, c("source", "target")]), ], source, target, minsize = 5)
prepared <- clock()
u <- run_ulm(statistic, network, .source = "source", .target = "target", .mor = "mor", minsize = 5)
after_ulm <- clock()
m <- run_mlm(statistic, network, .source = "source", .target = "target", .mor = "mor", minsize = 5)
after_mlm <- clock()
w <- run_wsum(statistic, network, .source = "source", .target = "target", .mor = "mor", times = as.integer(arguments[3]), seed = 1, minsize = 5)
after_wsum <- clock()
found <- suppressWarnings(run_consensus(rbind(u, m, w[w$statistic == "norm_wsum", ])))
done <- clock()
peak <- as.numeric(gsub("\\D", "", grep("^VmHWM", readLines("/proc/self/status"), value = TRUE)))
cat(sprintf('{"prepare":%.1f,"ulm":%.1f,"mlm":%.1f,"wsum":%.1f,"consensus":%.1f,"activity":%.1f,"activityCpu":%.1f,"cpu":%.1f,"peakMib":%.0f,"regulators":%d,"top":"%s","version":"R %s, decoupleR %s"}\n',
  prepared - start, after_ulm - prepared, after_mlm - after_ulm, after_wsum - after_mlm, done - after_wsum, done - start,
  cpu() - cpu_before, cpu(), peak / 1024, nrow(u), found$source[which.max(found$score)], getRversion(), packageVersion("decoupleR")))
