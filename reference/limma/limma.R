# Expected values for TMM, log CPM, voom, linear models, contrasts, moderation and batch removal.
# Run in this folder: Rscript limma.R. Written with R 4.2.2, limma 3.54.1, edgeR 3.40.2, statmod 1.5.0, jsonlite 1.8.4.
# The input is simulated here with a fixed seed: counts.csv (genes x samples) and samples.csv.
suppressPackageStartupMessages({library(limma); library(edgeR); library(jsonlite)})
set.seed(20240811)
nGenes <- 200
patient <- rep(c("p1", "p2", "p3", "p4"), c(3, 4, 5, 2))
stage <- c("u","r","r", "u","u","r","l", "u","r","r","l","l", "u","r")
n <- length(stage)
depth <- round(exp(rnorm(n, log(4e4), 0.5)))
base <- exp(rnorm(nGenes, 0, 1.6)); base <- base / sum(base)
dispersion <- 0.05 + 0.4 / rchisq(nGenes, 4)
change <- c(rep(1.5, 15), rep(-1.2, 10), rep(0, nGenes - 25))
private <- matrix(rnorm(nGenes * 4, 0, 0.7), nGenes, 4, dimnames = list(NULL, unique(patient)))
mu <- sapply(seq_len(n), function(s) depth[s] * base * exp(private[, patient[s]] + (stage[s] == "r") * change))
counts <- matrix(rnbinom(nGenes * n, mu = mu, size = 1 / dispersion), nGenes)
counts[c(50, 120), ] <- 0L            # genes without any count
counts[77, ] <- 0L; counts[77, 3] <- 900L   # an outlying variance
counts[78, ] <- 5L                    # nearly constant
dimnames(counts) <- list(sprintf("g%03d", seq_len(nGenes)), sprintf("%s_%s%02d", patient, stage, seq_len(n)))
write.csv(data.frame(gene = rownames(counts), counts), "counts.csv", row.names = FALSE, quote = FALSE)
write.csv(data.frame(sample = colnames(counts), patient, stage), "samples.csv", row.names = FALSE, quote = FALSE)

stage <- factor(stage, levels = c("u", "r", "l")); patient <- factor(patient)
design <- model.matrix(~0 + stage + patient)
rows <- function(x) as.vector(t(x))   # row-major, as the engine keeps tables

y <- calcNormFactors(DGEList(counts), method = "TMM")
options_tmm <- calcNormFactors(counts, method = "TMM", logratioTrim = 0.2, sumTrim = 0.1, doWeighting = FALSE, refColumn = 5)
sparse <- counts; sparse[seq_len(nGenes) %% 5 != 0, ] <- 0L; sparse[, 1:12][sparse[, 1:12] < 10] <- 0L
sparse[1, ] <- 1L   # every sample keeps a count
cpms <- cpm(y, log = TRUE, prior.count = 2)
v <- voom(y, design, save.plot = TRUE)
fit <- lmFit(v, design)
contrasts <- makeContrasts(residual = stager - stageu, relapse = stagel - stageu, patient = patientp2 - (patientp3 + patientp4) / 2, levels = design)
cf <- contrasts.fit(fit, contrasts)
exact <- lmFit(v, contrastAsCoef(design, contrasts)$design)
eb <- eBayes(cf); ebr <- eBayes(cf, robust = TRUE)
moderated <- function(e) list(t = rows(e$t), pValue = rows(e$p.value), pAdjusted = rows(apply(e$p.value, 2, p.adjust, "BH")), logOdds = rows(e$lods),
  s2Posterior = unname(e$s2.post), s2Prior = e$s2.prior, dfPrior = unname(e$df.prior), dfTotal = unname(e$df.total))

# Missing values and no weights: gene by gene.
holes <- cpms; holes[3, c(1, 5)] <- NA; holes[4, 8:14] <- NA; holes[9, stage == "l"] <- NA
hf <- suppressWarnings(lmFit(holes, design)); hf$coefficients[is.na(hf$stdev.unscaled)] <- NA
zero <- v$weights; zero[5, c(2, 6)] <- 0
zf <- suppressWarnings(lmFit(v$E, design, weights = zero))
plain <- eBayes(contrasts.fit(lmFit(cpms, design), contrasts))

# Variances whose degrees of freedom differ, with outliers; and variances with no spread beyond chance.
df <- rep(c(3, 5, 9, 0), length.out = 120); df[c(10, 50)] <- 1
s2 <- ifelse(df > 0, 0.4 * rchisq(120, pmax(df, 1)) / pmax(df, 1) * 6 / rchisq(120, 6), NA); s2[c(2, 33, 61)] <- s2[c(2, 33, 61)] * 60; s2[7] <- 0
chance <- rchisq(90, 6) / 6; outlier <- chance; outlier[c(4, 40)] <- c(12, 30)
tight <- qchisq(ppoints(80), 40) / 40; tightOutlier <- tight; tightOutlier[c(3, 70)] <- c(15, 40)
finite <- function(x) ifelse(is.finite(x), x, -1)   # JSON has no infinity: minus one stands for it
squeeze <- function(x, d, ...) { s <- suppressWarnings(squeezeVar(x, d, ...)); list(posterior = unname(s$var.post), prior = s$var.prior, dfPrior = finite(s$df.prior)) }
filled <- ifelse(is.na(s2), 1, s2)

# Smooths.
lx <- round(rexp(150), 2); ly <- sin(lx) + rnorm(150, 0, 0.2); ly[c(20, 90)] <- 4
curve <- function(...) { l <- lowess(lx, ly, ...); list(x = l$x, y = l$y) }

out <- list(
  design = list(columns = colnames(design), values = rows(design)),
  tmm = list(librarySizes = unname(y$samples$lib.size), factors = y$samples$norm.factors, options = unname(options_tmm),
    sparse = unname(calcNormFactors(sparse, method = "TMM")), sparseCounts = rows(sparse)),
  logCpm = list(values = rows(cpms), prior5 = rows(cpm(counts, log = TRUE, prior.count = 5))[1:70]),
  voom = list(expression = rows(v$E), weights = rows(v$weights), trendX = v$voom.line$x, trendY = v$voom.line$y),
  fit = list(coefficients = rows(fit$coefficients), stdevUnscaled = rows(fit$stdev.unscaled), sigma = unname(fit$sigma), dfResidual = fit$df.residual,
    averageExpression = unname(fit$Amean), covariance = rows(fit$cov.coefficients)),
  contrasts = list(weights = rows(contrasts), coefficients = rows(cf$coefficients), stdevUnscaled = rows(cf$stdev.unscaled), covariance = rows(cf$cov.coefficients)),
  exact = list(coefficients = rows(exact$coefficients[, 1:3]), stdevUnscaled = rows(exact$stdev.unscaled[, 1:3]), sigma = unname(exact$sigma)),
  moderate = moderated(eb), moderateRobust = moderated(ebr), moderatePlain = moderated(plain),
  missing = list(genes = c(3, 4, 9), expression = rows(holes[c(3, 4, 9), ]), coefficients = rows(hf$coefficients[c(3, 4, 9), ]), stdevUnscaled = rows(hf$stdev.unscaled[c(3, 4, 9), ]),
    sigma = unname(hf$sigma[c(3, 4, 9)]), dfResidual = hf$df.residual[c(3, 4, 9)]),
  zeroWeights = list(coefficients = zf$coefficients[5, ], stdevUnscaled = zf$stdev.unscaled[5, ], sigma = unname(zf$sigma[5]), dfResidual = zf$df.residual[5]),
  squeeze = list(variances = filled, df = df, plain = squeeze(filled, df), robust = squeeze(filled, df, robust = TRUE), wide = squeeze(filled, df, robust = TRUE, winsor.tail.p = c(0.1, 0.2)),
    chance = chance, chancePlain = squeeze(chance, 6), outlier = outlier, outlierPlain = squeeze(outlier, 6), outlierRobust = squeeze(outlier, 6, robust = TRUE),
    tight = tight, tightPlain = squeeze(tight, 6), tightOutlier = tightOutlier, tightRobust = squeeze(tightOutlier, 6, robust = TRUE)),
  batch = list(withDesign = rows(removeBatchEffect(cpms, batch = patient, design = model.matrix(~stage)))[1:700], withoutDesign = rows(removeBatchEffect(cpms, batch = patient))[1:700]),
  lowess = list(x = lx, y = ly, default = curve(), half = curve(f = 0.5), plain = curve(f = 0.3, iter = 0), every = curve(f = 0.4, delta = 0)))
write_json(out, "expected.json", digits = I(17), auto_unbox = TRUE, na = "null")
