package raster

import "bivouac/geo"

// Why a grid cannot be read.
const (
	damaged      geo.Sentence = "tiff-damaged: the GeoTIFF is cut off or damaged; ask for it again"
	severalBands geo.Sentence = "tiff-bands: the GeoTIFF has {n} bands; take the one with the people, for instance with gdal_translate -b 1"
	otherNumbers geo.Sentence = "tiff-numbers: the GeoTIFF holds numbers of {bits} bits and format {format}, which are not read; turn them with gdal_translate -ot Float64"
	largeBlock   geo.Sentence = "tiff-large-block: a block of the GeoTIFF says that it has {width} by {height} pixels, which is too much; write it anew with gdal_translate -co TILED=YES"
	otherPacking geo.Sentence = "tiff-packing: the GeoTIFF is packed by method {method}, which is not read; write it anew with gdal_translate -co COMPRESS=DEFLATE"
	noPixels     geo.Sentence = "raster-no-pixels: the grid has no rows or no columns"
	largeGrid    geo.Sentence = "raster-large: the grid says that it has {columns} columns and {rows} rows, too many to be read; cut it to the mission's area, for instance with gdalwarp -te"
	turnedGrid   geo.Sentence = "raster-turned: the grid does not lie north up, or does not say where it lies; turn it with gdalwarp -t_srs EPSG:4326"
	empty        geo.Sentence = "raster-empty: is empty"
	cutInHead    geo.Sentence = "raster-cut-in-head: the grid is cut off in its head; ask for it again"
	headNoNumber geo.Sentence = "raster-head-no-number: {value} is not a number, beside {name} in the head of the grid"
	wideGrid     geo.Sentence = "raster-wide: the grid says that it has {n} columns, too many to be read"
	cutInRow     geo.Sentence = "raster-cut-in-row: the grid is cut off in row {row} of {of}; ask for it again"
	noNumber     geo.Sentence = "raster-no-number: row {row}, column {column}: {value} is not a number; write a point for decimals"
)
