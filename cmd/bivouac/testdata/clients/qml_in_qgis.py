"""Loads the QML style of each collection on its records in QGIS without a screen, and says what it sees, a JSON object each.

Arguments: the address of the API, a folder that holds COLLECTION.qml, and the collections.
"""

import json
import sys

from qgis.core import QgsApplication, QgsExpression, QgsExpressionContext, QgsProperty, QgsSymbolLayer, QgsVectorLayer

api, folder, *collections = sys.argv[1:]


def rule_of(rule, layer, others):
    expression = QgsExpression(rule.filterExpression() if not rule.isElse() else " AND ".join(f"NOT coalesce({o}, FALSE)" for o in others))
    context = QgsExpressionContext()
    drawn = 0
    for feature in layer.getFeatures():
        context.setFeature(feature)
        drawn += not expression.isValid() and not expression.expression() or bool(expression.evaluate(context))
    symbol = rule.symbol().symbolLayer(0)
    width = symbol.dataDefinedProperties().property(QgsSymbolLayer.PropertyStrokeWidth)
    return {
        "label": rule.label(),
        "colour": symbol.color().name(),
        "drawn": drawn,
        "width": width.expressionString() if width.propertyType() == QgsProperty.ExpressionBasedProperty else "",
        "wrong": expression.parserErrorString() if expression.expression() else "",
    }


def seen(collection):
    layer = QgsVectorLayer(f"url='{api}' typename='{collection}'", collection, "OAPIF")
    message, loaded = layer.loadNamedStyle(f"{folder}/{collection}.qml")
    rules = layer.renderer().rootRule().children() if layer.renderer().type() == "RuleRenderer" else []
    others = [r.filterExpression() for r in rules if not r.isElse() and r.filterExpression()]
    return {
        "collection": collection,
        "loaded": loaded,
        "message": message,
        "renderer": layer.renderer().type(),
        "count": layer.featureCount(),
        "rules": [rule_of(r, layer, others) for r in rules],
    }


application = QgsApplication([], False)
application.initQgis()
for name in collections:
    print(json.dumps(seen(name)), flush=True)
application.exitQgis()
