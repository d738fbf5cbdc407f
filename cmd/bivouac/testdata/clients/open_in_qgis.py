"""Opens collections in QGIS without a screen, and says what it sees, a JSON object each.

Arguments: the address of the API, the page size, "west,south,east,north" or "" for no rectangle, and the collections.
"""

import json
import sys

from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer, QgsWkbTypes

api, page_size, box, *collections = sys.argv[1:]


def seen(collection):
    uri = f"url='{api}' typename='{collection}' pageSize='{page_size}'"
    if box:
        uri += " restrictToRequestBBOX='1'"
    layer = QgsVectorLayer(uri, collection, "OAPIF")
    if not layer.isValid():
        return {"collection": collection, "valid": False}
    request = QgsFeatureRequest()
    if box:
        request.setFilterRect(QgsRectangle(*map(float, box.split(","))))
    features = list(layer.getFeatures(request))
    extent = layer.extent()
    return {
        "collection": collection,
        "valid": True,
        "count": layer.featureCount(),
        "received": len(features),
        "different": len({f["id"] if "id" in f.fields().names() else f.geometry().asWkt() + str(f.attributes()) for f in features}),
        "placed": sum(f.hasGeometry() for f in features),
        "fields": {f.name(): f.typeName() for f in layer.fields()},
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "crs": layer.crs().authid(),
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
        "killed": sum(f["killed"] or 0 for f in features) if "killed" in layer.fields().names() else 0,
    }


application = QgsApplication([], False)
application.initQgis()
for name in collections:
    print(json.dumps(seen(name)), flush=True)
application.exitQgis()
