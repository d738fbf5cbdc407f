"""Prints what GDAL reads in a file, a JSON object a line: for each layer its head, then its features.

Geometries are hexadecimal well-known binary; times are RFC 3339. With four more arguments, a box, only what meets it.
"""
import json
import sys

from osgeo import ogr

ogr.UseExceptions()


def moment(feature, i, kind):
    year, month, day, hour, minute, second, zone = feature.GetFieldAsDateTime(i)
    if kind == ogr.OFTDate:
        return "%04d-%02d-%02d" % (year, month, day)
    whole, milli = divmod(round(second * 1000), 1000)
    assert zone in (0, 100), zone
    return "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ" % (year, month, day, hour, minute, whole, milli)


def value(feature, i, definition):
    if not feature.IsFieldSetAndNotNull(i):
        return None
    kind = definition.GetType()
    if kind in (ogr.OFTDate, ogr.OFTDateTime):
        return moment(feature, i, kind)
    if kind in (ogr.OFTInteger, ogr.OFTInteger64):
        number = feature.GetFieldAsInteger64(i)
        return bool(number) if definition.GetSubType() == ogr.OFSTBoolean else number
    if kind == ogr.OFTReal:
        return feature.GetFieldAsDouble(i)
    return feature.GetFieldAsString(i)


source = ogr.Open(sys.argv[1])
for layer in source:
    if len(sys.argv) > 2:
        layer.SetSpatialFilterRect(*map(float, sys.argv[2:6]))
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(i) for i in range(definition.GetFieldCount())]
    system = layer.GetSpatialRef()
    print(json.dumps({
        "layer": layer.GetName(), "geometry": ogr.GeometryTypeToName(layer.GetGeomType()), "count": layer.GetFeatureCount(),
        "system": system.GetAuthorityCode(None) if system else None, "index": bool(layer.TestCapability(ogr.OLCFastSpatialFilter)),
        "description": layer.GetMetadataItem("DESCRIPTION"),
        "fields": {f.GetName(): f.GetTypeName() + ("/" + ogr.GetFieldSubTypeName(f.GetSubType()) if f.GetSubType() else "") for f in fields},
    }))
    for feature in layer:
        shape = feature.GetGeometryRef()
        print(json.dumps({
            "fid": feature.GetFID(), "shape": bytes(shape.ExportToIsoWkb()).hex() if shape else None,
            "values": {f.GetName(): value(feature, i, f) for i, f in enumerate(fields)},
        }))
