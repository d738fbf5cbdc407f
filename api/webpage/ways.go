package webpage

// Server tells how to open a whole server in other programs.
func Server(api string) []Way {
	return []Way{
		{Program: "QGIS", Steps: "Layer › Add Layer › Add WFS / OGC API - Features Layer… › New, with this address as URL and OGC API - Features as version; then Connect.", Code: api},
		{Program: "ArcGIS Pro", Steps: "Insert › Connections › Server › New OGC API Server, with this address; then add its collections from the catalog. ArcGIS reads and does not edit.", Code: api},
		{Program: "GDAL", Code: "ogrinfo -so OAPIF:" + api},
		{Program: "Python", Code: "from owslib.ogcapi.features import Features\nprint(Features(\"" + api + "\").feature_collections())"},
	}
}

// Collection tells how to open one collection in other programs.
func Collection(api, id string) []Way {
	return []Way{
		{Program: "QGIS", Steps: "Layer › Add Layer › Add WFS / OGC API - Features Layer… › New, with this address as URL and OGC API - Features as version; then Connect, choose " + id + " and Add.", Code: api},
		{Program: "ArcGIS Pro", Steps: "Insert › Connections › Server › New OGC API Server, with this address; then drag " + id + " from the catalog onto a map.", Code: api},
		{Program: "GDAL", Code: "ogrinfo -so OAPIF:" + api + " " + id + "\nogr2ogr " + id + ".gpkg OAPIF:" + api + " " + id},
		{Program: "R", Code: "library(sf)\n" + id + " <- st_read(\"OAPIF:" + api + "\", \"" + id + "\")\nnrow(" + id + ")"},
		{Program: "Python", Code: "import geopandas\n" + id + " = geopandas.read_file(\"" + api + "/collections/" + id + "/export?f=geojson\")\nprint(len(" + id + "))"},
		{Program: "One file", Code: "curl -OJ \"" + api + "/collections/" + id + "/export?f=geojson\""},
	}
}
