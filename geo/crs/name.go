package crs

import (
	"fmt"
	"strconv"
)

// The geographic system that all others are made from, as EPSG and as Esri
// write it.
const (
	wgs84WKT  = `GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]`
	wgs84Esri = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
)

// EPSG returns the code of the system with the axes east before north, in
// which files hold shapes whatever EPSG says of them: 4326 for CRS84.
func (s System) EPSG() int {
	if s == CRS84 {
		return int(LatLon)
	}
	return int(s)
}

// Name returns what EPSG calls the system.
func (s System) Name() string {
	switch s {
	case CRS84, LatLon:
		return "WGS 84"
	case WebMercator:
		return "WGS 84 / Pseudo-Mercator"
	}
	zone, north := s.zone()
	return "WGS 84 / UTM zone " + strconv.Itoa(zone) + letter(north)
}

func letter(north bool) string {
	if north {
		return "N"
	}
	return "S"
}

// WKT returns the system as well-known text of version 1 (OGC 01-009), as
// files name it whose shapes stand east before north.
func (s System) WKT() string {
	const metre = `UNIT["metre",1,AUTHORITY["EPSG","9001"]]`
	switch s {
	case CRS84, LatLon:
		return wgs84WKT
	case WebMercator:
		return `PROJCS["` + s.Name() + `",` + wgs84WKT + `,PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],` + metre +
			`,AXIS["X",EAST],AXIS["Y",NORTH],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],AUTHORITY["EPSG","3857"]]`
	}
	middle, northing := s.origin()
	return fmt.Sprintf(`PROJCS["%s",%s,PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",%d],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",%d],%s,AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","%d"]]`,
		s.Name(), wgs84WKT, middle, northing, metre, int(s))
}

// EsriWKT returns the system as the .prj file of a shapefile has it, by Esri's
// names, which know no codes.
func (s System) EsriWKT() string {
	switch s {
	case CRS84, LatLon:
		return wgs84Esri
	case WebMercator:
		return `PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",` + wgs84Esri + `,PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]`
	}
	zone, north := s.zone()
	middle, northing := s.origin()
	return fmt.Sprintf(`PROJCS["WGS_1984_UTM_Zone_%d%s",%s,PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",%d.0],PARAMETER["Central_Meridian",%d.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`,
		zone, letter(north), wgs84Esri, northing, middle)
}

// origin returns the middle longitude of the zone in degrees, and the northing
// of the equator in metres.
func (s System) origin() (middle, northing int) {
	zone, north := s.zone()
	if !north {
		northing = 10_000_000
	}
	return 6*zone - 183, northing
}
