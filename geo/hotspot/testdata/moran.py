"""Prints weights and values of St Louis and North Carolina, as libpysal has them, as JSON."""
import json
import os

import libpysal


def of(folder, gal, dbf, columns):
    base = os.path.join(os.path.dirname(libpysal.__file__), "examples", folder)
    w = libpysal.io.open(os.path.join(base, gal)).read()
    table = libpysal.io.open(os.path.join(base, dbf))
    place = {key: i for i, key in enumerate(w.id_order)}
    return {
        "neighbours": [[place[other] for other in w.neighbors[key]] for key in w.id_order],
        "values": {name: [float(v) for v in table.by_col(name)] for name in columns},
    }


print(json.dumps({
    "stl": of("stl", "stl.gal", "stl_hom.dbf", ["HR8893"]),
    "sids2": of("sids2", "sids2.gal", "sids2.dbf", ["SIDR74", "SID79", "BIR79"]),
}))
