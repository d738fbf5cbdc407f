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


answers = [globals()[sys.argv[1]](question) for question in json.load(sys.stdin)]
json.dump(answers, sys.stdout, default=float)
