"""Writes grids of made-up numbers in the ways of GDAL, and prints what they hold.

grids.py FOLDER: one JSON list of file, EPSG code, and the sum of value,
value*x and value*y over the pixels that have one, with their number.
"""
import json
import os
import sys

import numpy
from osgeo import gdal, osr

gdal.UseExceptions()
folder = sys.argv[1]
rng = numpy.random.default_rng(7)
out = []


def write(name, kind, options, epsg=4326, width=75, height=53, point=False):
    path = os.path.join(folder, name)
    source = gdal.GetDriverByName("GTiff").Create(path, width, height, 1, kind, options)
    s = osr.SpatialReference()
    s.ImportFromEPSG(epsg)
    source.SetProjection(s.ExportToWkt())
    at = (43.0, 0.01, 0, 15.0, 0, -0.02) if epsg == 4326 else (400000.0, 1000.0, 0, 1500000.0, 0, -500.0)
    source.SetGeoTransform(at)
    if point:
        source.SetMetadataItem("AREA_OR_POINT", "Point")
    a = rng.gamma(0.5, 40, (height, width))
    a[rng.random((height, width)) < 0.3] = 0
    a = numpy.minimum(a, 120)
    if kind not in (gdal.GDT_Float32, gdal.GDT_Float64):
        a = numpy.round(a)
    a[5:9, 7:20] = 255 if kind == gdal.GDT_Byte else -99999 if kind in (gdal.GDT_Float32, gdal.GDT_Float64, gdal.GDT_Int32) else 30000
    nodata = float(a[5, 7])
    source.GetRasterBand(1).SetNoDataValue(nodata)
    source.GetRasterBand(1).WriteArray(a)
    source = None
    tell(path, epsg)
    return path


def tell(path, epsg):
    source = gdal.Open(path)
    a = source.ReadAsArray().astype(float)
    at = source.GetGeoTransform()
    x = at[0] + at[1] * (numpy.arange(a.shape[1]) + 0.5)
    y = at[3] + at[5] * (numpy.arange(a.shape[0]) + 0.5)
    with_value = a != source.GetRasterBand(1).GetNoDataValue()
    v = numpy.where(with_value, a, 0)
    out.append({"file": os.path.basename(path), "epsg": epsg, "n": int(with_value.sum()), "sum": float(v.sum()), "x": float((v * x).sum()), "y": float((v * y[:, None]).sum())})


kinds = {"byte": gdal.GDT_Byte, "uint16": gdal.GDT_UInt16, "int16": gdal.GDT_Int16, "uint32": gdal.GDT_UInt32, "int32": gdal.GDT_Int32, "float32": gdal.GDT_Float32, "float64": gdal.GDT_Float64}
for name, kind in kinds.items():
    for packing in ("NONE", "LZW", "DEFLATE", "PACKBITS"):
        predictors = (1,) if packing in ("NONE", "PACKBITS") else (1, 3) if name.startswith("float") else (1, 2)
        for predictor in predictors:
            for tiled in (False, True):
                options = ["COMPRESS=" + packing] + (["PREDICTOR=%d" % predictor] if predictor > 1 else []) + (["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=32"] if tiled else [])
                write(f"{name}_{packing}_{predictor}_{tiled}.tif", kind, options)
write("big.tif", gdal.GDT_Float32, ["BIGTIFF=YES", "COMPRESS=DEFLATE"])
write("motorola.tif", gdal.GDT_Float64, ["ENDIANNESS=BIG", "COMPRESS=LZW"])
write("motorola16.tif", gdal.GDT_UInt16, ["ENDIANNESS=BIG", "COMPRESS=LZW", "PREDICTOR=2"])
write("utm.tif", gdal.GDT_Float32, [], epsg=32638)
write("point.tif", gdal.GDT_Float32, [], point=True)
write("large.tif", gdal.GDT_Float32, ["COMPRESS=LZW", "TILED=YES"], width=1200, height=700)
plain = write("plain.tif", gdal.GDT_Float32, [])
gdal.Translate(os.path.join(folder, "plain.asc"), plain, format="AAIGrid")
tell(os.path.join(folder, "plain.asc"), 4326)
json.dump(out, sys.stdout)
