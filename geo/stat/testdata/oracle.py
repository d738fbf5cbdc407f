"""Answers questions by scipy: a JSON list on standard input, one answer each on standard output."""
import json
import sys

from scipy import stats


def trend(values):
    at = [i for i, v in enumerate(values) if v is not None]
    y = [values[i] for i in at]
    tau = stats.kendalltau(at, y).statistic if len(set(y)) > 1 else 0
    slope, _, lower, upper = stats.theilslopes(y, at, 0.95)
    return {"tau": tau, "slope": slope, "lower": lower, "upper": upper}


def rates(q):
    """Two Poisson counts by the binomial of the first among both."""
    a, b, ea, eb = q
    n, share = a + b, ea / (ea + eb)
    lower = stats.beta.ppf(0.025, a, b + 1) if a else 0
    upper = stats.beta.ppf(0.975, a + 1, b) if b else 1
    p = min(1, 2 * min(stats.binom.cdf(a, n, share), stats.binom.sf(a - 1, n, share)))
    return {"p": p, "lower": lower / (1 - lower) * eb / ea, "upper": upper / (1 - upper) * eb / ea if b else -1}


def fisher(q):
    a, m, b, n = q
    return stats.fisher_exact([[a, m - a], [b, n - b]])[1]


def ranks(q):
    return stats.mannwhitneyu(q[0], q[1], method="asymptotic", use_continuity=True).pvalue


def median(n):
    """The rank of the lower end of the interval of a median, 0 for none."""
    k = int(stats.binom.ppf(0.025, n, 0.5))
    return k + 1 if stats.binom.cdf(k, n, 0.5) <= 0.025 else k


def gamma(q):
    shape, rate = q
    return [stats.gamma.ppf(p, shape, scale=1 / rate) for p in (0.025, 0.975)]


answers = [globals()[sys.argv[1]](question) for question in json.load(sys.stdin)]
json.dump(answers, sys.stdout, default=float)
