"""Answers quickest ways over an OpenStreetMap extract by networkx.

Reads a JSON object: file, seed, restrictions (how many to make up), origins and
destinations (how many), speeds (km/h by class, 0 for none; null goes at one metre
a second everywhere). The extract is read by pyosmium, lengths come from pyproj:
nothing here is Bivouac's. A state is a stretch of road with the direction in which
it is driven, so that turns are arcs.

Prints a JSON object: restrictions [id, kind, from, to, x, y], from and to (places
[x, y]), seconds (by origin and destination, null for none), states and arcs (how
many there are), and table, the arcs [tail, head, seconds] with origins and
destinations as states of their own, where the question sets "table".
"""
import json
import random
import sys
from collections import defaultdict

import networkx
import osmium
import pyproj

REFUSED = ("no", "private")
NO_ROAD = ("construction", "proposed")
STOPS = ("bollard", "kissing_gate", "stile", "fence", "block")
question = json.load(sys.stdin)
chance = random.Random(question["seed"])
geod = pyproj.Geod(ellps="WGS84")


class Roads(osmium.SimpleHandler):
    def __init__(self):
        super().__init__()
        self.places, self.barriers, self.shut, self.ways = {}, set(), set(), []

    def node(self, n):
        at = (n.location.x, n.location.y)
        self.places[n.id] = at
        access = next((n.tags[k] for k in ("motor_vehicle", "vehicle", "access") if k in n.tags), "")
        kind = n.tags.get("barrier", "")
        if kind not in STOPS + ("gate",):
            return
        self.barriers.add(at)
        if access in REFUSED or not access and kind in STOPS:
            self.shut.add(at)

    def way(self, w):
        tags = dict(w.tags)
        if tags.get("highway", "no") in NO_ROAD + ("no",) or tags.get("area") == "yes":
            return
        self.ways.append((w.id, tags, [n.ref for n in w.nodes]))


def one_way(tags):
    value = tags.get("oneway")
    if value in ("yes", "true", "1"):
        return 1
    if value == "-1":
        return -1
    return 1 if value is None and (tags.get("junction") == "roundabout" or tags["highway"] == "motorway") else 0


def speed(tags):
    if next((tags[k] for k in ("motor_vehicle", "vehicle", "access") if k in tags), "") in REFUSED:
        return 0
    if question["speeds"] is None:
        return 3.6
    kmh = question["speeds"].get(tags["highway"], 25)
    try:
        return min(kmh, float(tags["maxspeed"]))
    except (KeyError, ValueError):
        return kmh


roads = Roads()
roads.apply_file(question["file"])
# Ways that are closed are there all the same: one may turn round where they begin.
lines, used, driven = [], defaultdict(list), set()
for way, tags, refs in roads.ways:
    line = [roads.places[r] for r in refs if r in roads.places]
    line = [p for i, p in enumerate(line) if i == 0 or p != line[i - 1]]
    kmh = speed(tags)
    if len(line) < 2:
        continue
    if kmh > 0:
        lines.append((way, one_way(tags), kmh, line))
        driven.update(line)
    for i, p in enumerate(line):
        used[p].append((way, 0 < i < len(line) - 1))

# Restrictions at places where different ways meet.
meeting = sorted(p for p, at in used.items() if len({way for way, _ in at}) > 1)
restrictions, rules = [], defaultdict(list)
for i in range(question["restrictions"]):
    at = chance.choice(meeting)
    start, end = chance.sample(sorted({way for way, _ in used[at]}), 2)
    kind = chance.choice(("no_left_turn", "no_right_turn", "no_straight_on", "only_straight_on"))
    restrictions.append([i + 1, kind, start, end, at[0] / 1e7, at[1] / 1e7])
    rules[at].append((kind.startswith("only"), start, end))

places = sorted(p for p in driven if p not in rules and p not in roads.shut)
origins = chance.sample(places, question["origins"])
destinations = chance.sample(places, question["destinations"])

# A state is a stretch between stops, in one direction.
# One turns round at places where roads end or meet and before barriers, open ones too, and nowhere on the way.
junctions = {p for p, at in used.items() if len(at) > 1 or not at[0][1]} | roads.barriers | set(rules)
stops = junctions | set(origins) | set(destinations)
states, leaving, arriving = [], defaultdict(list), defaultdict(list)


def state(a, b, way, seconds, stretch):
    leaving[a].append(len(states))
    arriving[b].append(len(states))
    states.append((a, b, way, seconds, stretch))


stretch = 0
for way, direction, kmh, line in lines:
    begin = 0
    for i in range(1, len(line)):
        if line[i] not in stops and i < len(line) - 1:
            continue
        part = line[begin:i + 1]
        seconds = geod.line_length([p[0] / 1e7 for p in part], [p[1] / 1e7 for p in part]) * 3.6 / kmh
        stretch += 1
        if direction >= 0:
            state(part[0], part[-1], way, seconds, stretch)
        if direction <= 0:
            state(part[-1], part[0], way, seconds, stretch)
        begin = i


def allowed(at, a, b):
    if at not in junctions and a[4] == b[4]:
        return False
    if at in roads.shut and (a[4] != b[4] or a[0] != b[1]):
        return False
    for only, start, end in rules.get(at, ()):
        if a[2] == start and (b[2] == end) != only:
            return False
    return True


graph = networkx.DiGraph()


def arc(a, b, seconds):
    if not graph.has_edge(a, b) or graph[a][b]["weight"] > seconds:
        graph.add_edge(a, b, weight=seconds)


for at, into in arriving.items():
    for i in into:
        for k in leaving[at]:
            if allowed(at, states[i], states[k]):
                arc(i, k, states[k][3])
first = len(states)
for n, p in enumerate(origins):
    graph.add_node(first + n)
    for k in leaving[p]:
        arc(first + n, k, states[k][3])
second = first + len(origins)
for n, p in enumerate(destinations):
    graph.add_node(second + n)
    for i in arriving[p]:
        arc(i, second + n, 0)
seconds = []
for n, p in enumerate(origins):
    found = networkx.single_source_dijkstra_path_length(graph, first + n)
    seconds.append([0 if p == q else found.get(second + k) for k, q in enumerate(destinations)])
json.dump({
    "restrictions": restrictions, "seconds": seconds, "states": first, "arcs": graph.number_of_edges(),
    "from": [[p[0] / 1e7, p[1] / 1e7] for p in origins], "to": [[p[0] / 1e7, p[1] / 1e7] for p in destinations],
    "table": [[a, b, s] for a, b, s in graph.edges(data="weight")] if question.get("table") else None,
}, sys.stdout)
