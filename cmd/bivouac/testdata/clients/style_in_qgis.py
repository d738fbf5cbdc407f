"""Draws collections in QGIS from their tiles by their served styles, without a screen, and says what came of it, a JSON object each.

Arguments: the address of the API, and the collections.
"""

import json
import sys
from urllib.parse import quote

from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMapRendererParallelJob, QgsMapSettings,
    QgsProject, QgsRectangle, QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

api, *collections = sys.argv[1:]
ground = QColor("#ffffff")


def drawn(collection):
    style, tiles = f"{api}/styles/{collection}?f=mapbox", f"{api}/collections/{collection}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"
    layer = QgsVectorTileLayer(f"styleUrl={quote(style, safe='')}&type=xyz&url={quote(tiles, safe='')}&zmin=0&zmax=14", collection)
    _, loaded = layer.loadDefaultStyle()
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(600, 400))
    settings.setBackgroundColor(ground)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), settings.destinationCrs(), QgsProject.instance())
    settings.setExtent(transform.transformBoundingBox(QgsRectangle(-12, 10, 5, 25)))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    inked = sum(image.pixelColor(x, y) != ground for x in range(image.width()) for y in range(image.height()))
    labels = layer.labeling().styles() if layer.labeling() else []
    return {
        "collection": collection, "valid": layer.isValid(), "loaded": loaded, "inked": inked,
        "layers": [s.styleName() for s in layer.renderer().styles()], "labels": [s.styleName() for s in labels],
    }


application = QgsApplication([], True)
application.initQgis()
for name in collections:
    print(json.dumps(drawn(name)), flush=True)
application.exitQgis()
