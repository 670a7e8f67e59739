# The R side of bench/limma.ts: the same steps on the same file, timed from inside. Argument: path of the counts (csv.gz).
clock <- function() as.numeric(Sys.time()) * 1000
start <- clock()
suppressPackageStartupMessages({library(limma); library(edgeR)})
loaded <- clock()
counts <- read.csv(gzfile(commandArgs(TRUE)[1]), check.names = FALSE)
rownames(counts) <- counts$Symbol; counts <- as.matrix(counts[, -1])
read <- clock()
sample <- colnames(counts); model <- factor(sub("_.*", "", sample)); suffix <- sub(".*_", "", sample)
state <- factor(ifelse(grepl("chemonaive", suffix), "untreated", ifelse(grepl("Relapse", suffix), "relapse", "residual")), levels = c("untreated", "residual", "relapse"))
design <- model.matrix(~0 + state + model)
y <- calcNormFactors(DGEList(counts), method = "TMM")
tmm <- clock()
v <- voom(y, design)
voomed <- clock()
fit <- contrasts.fit(lmFit(v, design), makeContrasts(stateresidual - stateuntreated, levels = design))
fitted <- clock()
table <- topTable(eBayes(fit), number = Inf, sort.by = "none")
done <- clock()
peak <- as.numeric(gsub("\\D", "", grep("^VmHWM", readLines("/proc/self/status"), value = TRUE)))
cpu <- sum(proc.time()[1:2]) * 1000
called <- table$adj.P.Val < 1e-4
cat(sprintf('{"load":%.1f,"read":%.1f,"tmm":%.1f,"voom":%.1f,"fit":%.1f,"moderate":%.1f,"compute":%.1f,"cpu":%.1f,"peakMib":%.0f,"up":%d,"down":%d,"version":"R %s, limma %s, edgeR %s"}\n',
  loaded - start, read - loaded, tmm - read, voomed - tmm, fitted - voomed, done - fitted, done - read, cpu, peak / 1024,
  sum(called & table$logFC > 0.5), sum(called & table$logFC < -0.5), getRversion(), packageVersion("limma"), packageVersion("edgeR")))
