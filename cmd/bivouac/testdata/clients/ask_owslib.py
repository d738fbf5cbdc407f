"""Asks a server by OWSLib, the Python library of the OGC's protocols, and prints what it was told as one JSON object.

Argument: the address of the API.
"""

import json
import sys

from owslib.ogcapi.features import Features
from owslib.ogcapi.processes import Processes

api = sys.argv[1]
features = Features(api)
asked = {"limit": 100, "bbox": [-5, 10, 5, 17], "datetime": "2016-01-01/2017-12-31", "filter": "killed > 0 AND category = 'ied'"}
page = features.collection_items("incidents", **asked)
print(json.dumps({
    "openapi": features.api()["openapi"],
    "conformance": features.conformance()["conformsTo"],
    "collections": features.feature_collections(),
    "queryables": sorted(features.collection_queryables("incidents")["properties"]),
    "name": features.collection("bases")["title"],
    "matched": page["numberMatched"],
    "keys": [f["id"] for f in page["features"]],
    "item": features.collection_item("bases", "2")["properties"]["name"],
    "processes": [p["id"] for p in Processes(api).processes()["processes"]],
}))
