"""Writes relate.tsv and valid.tsv: answers of GEOS to random questions.

Run with: python3 golden.py   (needs shapely; written with shapely 1.8.5, GEOS 3.11.1)
The seed is fixed, so the same versions write the same bytes.
"""
import random
from shapely import wkt
from shapely.geometry import (Point, LineString, Polygon, MultiPoint,
                              MultiLineString, MultiPolygon)
from shapely.ops import unary_union
from shapely.validation import explain_validity

rng = random.Random(20261122)


def coordinate(step):
    """On a coarse grid, shapes touch often; on a fine one, hardly ever."""
    if step == 0:
        return (round(rng.uniform(0, 10), 6), round(rng.uniform(0, 10), 6))
    n = int(8 / step)
    return (rng.randint(0, n) * step, rng.randint(0, n) * step)


def line(step):
    return [coordinate(step) for _ in range(rng.randint(2, 5))]


def ring(step):
    pts = [coordinate(step) for _ in range(rng.randint(3, 6))]
    return pts + pts[:1]


def box(x, y, w, h):
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]


def holed():
    """A square with one to three holes that often touch it and each other."""
    holes = []
    for _ in range(rng.randint(1, 3)):
        x, y = rng.randint(0, 6), rng.randint(0, 6)
        if rng.random() < 0.5:
            holes.append(box(x, y, rng.randint(1, 3), rng.randint(1, 3)))
        else:
            holes.append([(x, y), (x + rng.randint(1, 3), y + rng.randint(0, 2)),
                          (x + rng.randint(0, 2), y + rng.randint(1, 3)), (x, y)])
    return Polygon(box(0, 0, 8, 8), holes)


def shape(step):
    kind = rng.randint(0, 6)
    if kind == 0:
        return Point(coordinate(step))
    if kind == 1:
        return MultiPoint([coordinate(step) for _ in range(rng.randint(1, 4))])
    if kind == 2:
        return LineString(line(step))
    if kind == 3:
        return MultiLineString([line(step) for _ in range(rng.randint(1, 3))])
    if kind == 4:
        return Polygon(ring(step))
    if kind == 5:
        return holed()
    return MultiPolygon([Polygon(ring(step)) for _ in range(rng.randint(1, 3))])


def sound(step):
    """A valid shape without a line that runs over itself: GEOS 3.11.1 is wrong
    about those, for instance says 001F00102 of MULTILINESTRING ((0 6, 2 0),
    (6 6, 6 2, 0 2, 4 4, 8 4), (2 8, 4 4, 2 8)) and MULTILINESTRING ((6 8, 8 0,
    2 6, 6 8, 6 6), (2 4, 0 2, 4 4), (0 4, 2 6, 4 2)), which share the edge from
    0 2 to 4 4."""
    while True:
        g = shape(step)
        if g.is_valid and not g.is_empty and abs(unary_union(g).length - g.length) < 1e-9:
            return g


def any_polygon(step):
    kind = rng.randint(0, 3)
    if kind == 0:
        return Polygon(ring(step))
    if kind == 1:
        return holed()
    if kind == 2:
        return MultiPolygon([Polygon(ring(step)) for _ in range(2)])
    return MultiPolygon([holed(), Polygon(ring(step))])


def full(g):
    """WKT with all six decimals there are, and brackets round each point."""
    text = wkt.dumps(g, rounding_precision=6, trim=True)
    if g.geom_type == "MultiPoint":
        text = text.replace("(", "((").replace(")", "))").replace(", ", "), (")
    return text


with open("relate.tsv", "w") as f:
    for i in range(600):
        step = [1, 2, 0][i % 3]
        a, b = sound(step), sound(step)
        f.write(f"{full(a)}\t{full(b)}\t{a.relate(b)}\n")

with open("valid.tsv", "w") as f:
    for i in range(900):
        g = any_polygon([1, 2, 0][i % 3])
        f.write(f"{full(g)}\t{explain_validity(g)}\n")
