"""Unions of geodesic discs by shapely (GEOS), to compare with.

With the word "golden" it writes discs.tsv to standard output; without, it
reads cases as JSON from standard input and writes their answers as JSON.

Nothing of the project's is used. A ring is many points by Vincenty's direct
solution (1975) on WGS84, laid in an equal-area projection of the ellipsoid:
the cylindrical one about a central meridian, or the azimuthal one about a pole
(Snyder 1987, with authalic areas). The points lie as far outside the true ring
as makes the polygon's area that of the ring, so that what chords cut off
outweighs itself.
"""
import json
import math
import sys

from shapely.geometry import Polygon
from shapely.ops import unary_union

A, F = 6378137.0, 1 / 298.257223563
B = A * (1 - F)
E2 = F * (2 - F)
E = math.sqrt(E2)


def direct(lon, lat, azimuth, metres):
    """Vincenty's direct solution; radians in and out."""
    u1 = math.atan((1 - F) * math.tan(lat))
    su, cu = math.sin(u1), math.cos(u1)
    sa, ca = math.sin(azimuth), math.cos(azimuth)
    s1 = math.atan2(su, cu * ca)
    sin_alpha = cu * sa
    cos2 = 1 - sin_alpha**2
    uu = cos2 * (A * A - B * B) / (B * B)
    k = 1 + uu / 16384 * (4096 + uu * (-768 + uu * (320 - 175 * uu)))
    q = uu / 1024 * (256 + uu * (-128 + uu * (74 - 47 * uu)))
    s = metres / (B * k)
    for _ in range(100):
        c2m = math.cos(2 * s1 + s)
        ss, cs = math.sin(s), math.cos(s)
        by = q * ss * (c2m + q / 4 * (cs * (2 * c2m**2 - 1) - q / 6 * c2m * (4 * ss**2 - 3) * (4 * c2m**2 - 3)))
        last, s = s, metres / (B * k) + by
        if abs(s - last) < 1e-15:
            break
    c2m = math.cos(2 * s1 + s)
    ss, cs = math.sin(s), math.cos(s)
    x = su * ss - cu * cs * ca
    lat2 = math.atan2(su * cs + cu * ss * ca, (1 - F) * math.hypot(sin_alpha, x))
    lam = math.atan2(ss * sa, cu * cs - su * ss * ca)
    c = F / 16 * cos2 * (4 + F * (4 - 3 * cos2))
    return lon + lam - (1 - c) * F * sin_alpha * (s + c * ss * (c2m + c * cs * (2 * c2m**2 - 1))), lat2


def strip(lat):
    """Square metres from the equator to a latitude, a radian wide."""
    s = math.sin(lat)
    return B * B / 2 * (s / (1 - E2 * s * s) + math.atanh(E * s) / E)


def project(lon, lat, where):
    if where == "north" or where == "south":
        sign = 1 if where == "north" else -1
        rho = math.sqrt(max(0, 2 * (strip(math.pi / 2) - sign * strip(lat))))
        return rho * math.sin(lon), -sign * rho * math.cos(lon)
    x = math.remainder(lon - math.radians(float(where)), 2 * math.pi)
    return x * A, strip(lat) / A


def ring(disc, where, n):
    lon, lat, radius = math.radians(disc[0]), math.radians(disc[1]), disc[2]
    step = 2 * math.pi / n
    out = radius * math.sqrt(step / math.sin(step))
    return Polygon([project(*direct(lon, lat, i * step, out), where) for i in range(n)])


def answer(case, n=1440):
    rings = [ring(d, case["where"], n) for d in case["discs"]]
    union = unary_union(rings)
    twice = unary_union([a.intersection(b) for i, a in enumerate(rings) for b in rings[:i]])
    parts = getattr(union, "geoms", [union])
    return {
        "area": union.area, "twice": twice.area,
        "parts": len(parts), "holes": sum(len(p.interiors) for p in parts),
    }


def scatter(n, lon, lat, wide, tall, least, most, seed):
    """Discs by a small linear congruential generator (Lehmer 1951)."""
    out = []
    for _ in range(n):
        row = []
        for _ in range(3):
            seed = seed * 48271 % 2147483647
            row.append(seed / 2147483647)
        out.append([round(math.remainder(lon + wide * (row[0] - 0.5), 360), 4), round(lat + tall * (row[1] - 0.5), 4), round(least + (most - least) * row[2])])
    return out


GOLDEN = [
    ("two bases in the Sahel", {"where": 0, "discs": [[-3.0, 16.77, 100000], [-2.0, 16.9, 80000]]}),
    ("six round a hole", {"where": 30, "discs": [[29.3, -1.5, 55000], [30.0, -0.9, 50000], [30.8, -1.4, 60000], [30.7, -2.3, 55000], [29.9, -2.8, 52000], [29.2, -2.3, 50000]]}),
    ("forty in a mission", {"where": 20, "discs": scatter(40, 20, 6, 9, 7, 20000, 120000, 11)}),
    ("twelve over the date line", {"where": 180, "discs": scatter(12, 180, -17, 6, 5, 30000, 150000, 7)}),
    ("nine round the south pole", {"where": "south", "discs": [[40.0 * i - 160, round(-88.2 - 0.1 * i, 1), 60000 + 25000 * i] for i in range(9)]}),
]

if __name__ == "__main__":
    if sys.argv[1:] == ["golden"]:
        print("desc\tdiscs\tarea\ttwice\tparts\tholes")
        for desc, case in GOLDEN:
            a = answer(case, 14400)
            print(desc, json.dumps(case["discs"]), f"{a['area']:.3f}", f"{a['twice']:.3f}", a["parts"], a["holes"], sep="\t")
    else:
        json.dump([answer(c) for c in json.load(sys.stdin)], sys.stdout)
