// Package gpkg keeps a store in one GeoPackage file.
package gpkg

import _ "modernc.org/sqlite"
