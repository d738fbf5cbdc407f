# Answers questions on standard input with scikit-learn's DBSCAN: labels and
# core events of a matrix of distances, or of places by the haversine, timed.
import json
import sys
import time

import numpy
from sklearn.cluster import DBSCAN


def answer(q):
    if "distances" in q:
        x = numpy.array(q["distances"])
        scan = DBSCAN(eps=q["eps"], min_samples=q["min"], metric="precomputed")
    else:
        x = numpy.radians(numpy.array(q["places"]))[:, ::-1]
        scan = DBSCAN(eps=q["eps"] / 6371008.8, min_samples=q["min"], metric="haversine", algorithm="ball_tree")
    start = time.perf_counter()
    scan.fit(x)
    took = time.perf_counter() - start
    return {"labels": scan.labels_.tolist(), "core": scan.core_sample_indices_.tolist(), "seconds": took}


json.dump([answer(q) for q in json.load(sys.stdin)], sys.stdout)
