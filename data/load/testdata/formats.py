"""Writes one made-up data set in the formats of GDAL, and tells what GDAL reads back.

formats.py write FOLDER  writes the files and prints what GDAL reads of each
formats.py read FILE...  prints what GDAL reads of these

The answer is one JSON list: file, layer, type of each field, and of each record
its values as text and its shape in WGS84 as GeoJSON. Heights are kept and
measures left out.
"""
import json
import os
import sys

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
gdal.SetConfigOption("GPX_ELE_AS_25D", "YES")
gdal.PushErrorHandler("CPLQuietErrorHandler")
ogr.UseExceptions()

NAMES = ["Gao – Castor", "كيدال", "Тимбукту", "廷巴克图", "टिंबकटू", "ጎንደር", "Ménaka, \"l'est\" & <sud>", None]


def wgs84():
    s = osr.SpatialReference()
    s.ImportFromEPSG(4326)
    s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return s


def shapes(kind):
    for i in range(len(NAMES)):
        x, y = 43.5 + i * 0.25, 12 + i * 0.5
        ring = lambda r, x=x, y=y: f"({x-r} {y-r},{x-r} {y+r},{x+r} {y+r},{x+r} {y-r},{x-r} {y-r})"
        high = lambda r, x=x, y=y: f"({x-r} {y-r} 1,{x-r} {y+r} 2,{x+r} {y+r} 3,{x+r} {y-r} 4,{x-r} {y-r} 1)"
        yield {
            "points": f"POINT({x} {y})",
            "heights": f"POINT Z({x} {y} {100+i})",
            "multipoints": f"MULTIPOINT(({x} {y}),({x+0.125} {y}))",
            "lines": f"LINESTRING({x} {y},{x+0.5} {y+0.25},{x+0.5} {y})" if i % 2 else f"MULTILINESTRING(({x} {y},{x+0.5} {y+0.25}),({x} {y+1},{x+0.5} {y+1}))",
            "climbs": f"LINESTRING Z({x} {y} 1,{x+0.5} {y+0.25} 2.5,{x+0.5} {y} -3)",
            "areas": f"POLYGON({ring(0.125)},{ring(0.0625)})" if i % 2 else f"MULTIPOLYGON(({ring(0.25)},{ring(0.125)}),({ring(0.0625)}))",
            "roofs": f"POLYGON Z({high(0.125)},{high(0.0625)})",
        }[kind]


TYPES = {"points": ogr.wkbPoint, "heights": ogr.wkbPoint25D, "multipoints": ogr.wkbMultiPoint, "lines": ogr.wkbMultiLineString,
         "climbs": ogr.wkbLineString25D, "areas": ogr.wkbMultiPolygon, "roofs": ogr.wkbPolygon25D}

FIELDS = [("name", ogr.OFTString, None), ("whole", ogr.OFTInteger, None), ("long", ogr.OFTInteger64, None), ("real", ogr.OFTReal, None),
          ("flag", ogr.OFTInteger, ogr.OFSTBoolean), ("day", ogr.OFTDate, None), ("at", ogr.OFTDateTime, None)]


def fill(layer, fields, kind, to, strict):
    for i, (name, wkt) in enumerate(zip(NAMES, shapes(kind))):
        f = ogr.Feature(layer.GetLayerDefn())
        values = {"name": name, "whole": i * 7 - 3, "long": 9007199254740 + i, "real": i / 8 - 0.5, "flag": i % 2, "day": f"2019/02/{20+i}", "at": f"2019/02/{20+i} 03:04:05+00"}
        for field, _, _ in fields:
            if values[field] is not None and (i < 6 or field == "name"):
                f.SetField(layer.GetLayerDefn().GetFieldIndex(field), values[field])
        g = ogr.CreateGeometryFromWkt(wkt)
        g.AssignSpatialReference(wgs84())
        if to is not None:
            g.TransformTo(to)
        if strict:
            g = ogr.ForceTo(g, layer.GetGeomType())
        f.SetGeometry(g if i != 6 or layer.GetName() == "waypoints" else None)
        layer.CreateFeature(f)


def make(driver, path, kind, name=None, epsg=None, layer_options=(), options=(), types=None, mixed=False):
    s = wgs84()
    if epsg:
        s = osr.SpatialReference()
        s.ImportFromEPSG(epsg)
        s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    source = ogr.GetDriverByName(driver).CreateDataSource(path, options=list(options))
    geometry = ogr.wkbUnknown if mixed else TYPES[kind]
    layer = source.CreateLayer(name or os.path.splitext(os.path.basename(path))[0], s, geometry, list(layer_options))
    fields = [f for f in FIELDS if types is None or f[1] in types]
    for field, kind_of, sub in fields:
        d = ogr.FieldDefn(field, kind_of)
        if sub:
            d.SetSubType(sub)
        layer.CreateField(d)
    fill(layer, fields, kind, s if epsg else None, driver in ("FlatGeobuf", "GPKG") and not mixed)
    source = None
    return path


def write(folder):
    at = lambda name: os.path.join(folder, name)
    plain = {ogr.OFTString, ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal, ogr.OFTDate}
    for kind in TYPES:
        # GDAL 3.6 takes the holes of polygons with heights for polygons of their own.
        if kind != "roofs":
            yield make("ESRI Shapefile", at(f"shp_{kind}.shp"), kind, layer_options=["ENCODING=UTF-8"], types=plain)
        yield make("FlatGeobuf", at(f"fgb_{kind}.fgb"), kind)
        yield make("GPKG", at(f"package_{kind}.gpkg"), kind)
        yield make("LIBKML", at(f"kml_{kind}.kml"), kind)
    yield make("FlatGeobuf", at("fgb_flat.fgb"), "areas", layer_options=["SPATIAL_INDEX=NO"])
    yield make("FlatGeobuf", at("fgb_mixed.fgb"), "lines", mixed=True)
    yield make("FlatGeobuf", at("fgb_utm.fgb"), "areas", epsg=32638)
    yield make("GPKG", at("package_utm.gpkg"), "areas", epsg=32638)
    yield make("GPKG", at("package_mercator.gpkg"), "lines", epsg=3857)
    yield make("ESRI Shapefile", at("shp_utm.shp"), "areas", epsg=32638, layer_options=["ENCODING=UTF-8"], types=plain)
    yield make("ESRI Shapefile", at("shp_south.shp"), "points", epsg=32738, layer_options=["ENCODING=UTF-8"], types=plain)
    yield make("ESRI Shapefile", at("shp_mercator.shp"), "lines", epsg=3857, layer_options=["ENCODING=UTF-8"], types=plain)
    yield make("ESRI Shapefile", at("shp_cyrillic.shp"), "points", layer_options=["ENCODING=CP1251"], types=plain)
    yield make("KML", at("old.kml"), "roofs")
    yield make("LIBKML", at("packed.kmz"), "areas")
    yield make("GeoJSON", at("plain.geojson"), "areas")
    yield make("GeoJSON", at("utm.geojson"), "lines", epsg=32638, layer_options=["RFC7946=NO"])
    yield make("GeoJSONSeq", at("seq.geojsons"), "lines")
    yield make("GeoJSONSeq", at("rs.geojsons"), "roofs", layer_options=["RS=YES"])
    yield make("CSV", at("table.csv"), "areas", layer_options=["GEOMETRY=AS_WKT", "SEPARATOR=TAB"])
    gpx = ["GPX_USE_EXTENSIONS=YES"]
    short = {f[1] for f in FIELDS} - {ogr.OFTInteger64}  # GDAL cuts longer numbers of extensions
    yield make("GPX", at("waypoints.gpx"), "heights", name="waypoints", types=short, options=gpx)
    yield make("GPX", at("routes.gpx"), "climbs", name="routes", types=short, options=gpx)
    yield make("GPX", at("tracks.gpx"), "lines", name="tracks", types=short, options=gpx, layer_options=["FORCE_GPX_TRACK=YES"])


def read(path):
    source = ogr.Open("/vsizip/" + path if path.endswith(".zip") else path)
    for i in range(source.GetLayerCount()):
        layer = source.GetLayer(i)
        if layer.GetName() in ("route_points", "track_points") or path.endswith(".gpx") and not layer.GetFeatureCount():
            continue
        defn = layer.GetLayerDefn()
        fields = [(defn.GetFieldDefn(j).GetName(), defn.GetFieldDefn(j).GetTypeName(), ogr.GetFieldSubTypeName(defn.GetFieldDefn(j).GetSubType())) for j in range(defn.GetFieldCount())]
        to = None
        s = layer.GetSpatialRef()
        if s is not None and not s.IsGeographic():
            s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
            to = osr.CoordinateTransformation(s, wgs84())
        records = []
        for f in layer:
            g = f.GetGeometryRef()
            shape = None
            if g is not None and not g.IsEmpty():
                g = g.Clone()
                g.SetMeasured(False)
                if to is not None:
                    g.Transform(to)
                shape = json.loads(g.ExportToJson(["COORDINATE_PRECISION=12"]))
            records.append({"values": [f.GetFieldAsString(j) if f.IsFieldSetAndNotNull(j) else None for j in range(len(fields))], "shape": shape})
        yield {"file": os.path.basename(path), "layer": layer.GetName(), "fields": fields, "records": records}


out = []
for path in write(sys.argv[2]) if sys.argv[1] == "write" else sys.argv[2:]:
    out.extend(read(path))
json.dump(out, sys.stdout, ensure_ascii=False)
