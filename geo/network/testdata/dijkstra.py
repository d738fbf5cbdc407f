"""Answers shortest ways by networkx.

Reads a JSON object of arcs [from, to, weight] and pairs [from, to], prints the
list of the weights of the shortest ways, null for none.
"""
import json
import sys

import networkx

question = json.load(sys.stdin)
graph = networkx.MultiDiGraph()
graph.add_weighted_edges_from(question["arcs"])
lengths = {}
answers = []
for source, target in question["pairs"]:
    if source not in lengths:
        lengths[source] = networkx.single_source_dijkstra_path_length(graph, source)
    answers.append(lengths[source].get(target))
json.dump(answers, sys.stdout)
