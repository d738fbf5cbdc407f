package ogc

import (
	"slices"
	"strings"

	"bivouac/geo"
)

// limits says what each format cannot hold.
func limits(formats []Format) string {
	var b strings.Builder
	for i := range formats {
		b.WriteString(" " + formats[i].ID + ": " + formats[i].Title)
		if len(formats[i].Limits) > 0 {
			b.WriteString(" (" + strings.Join(formats[i].Limits, "; ") + ")")
		}
		b.WriteString(".")
	}
	return b.String()
}

// addExport describes the files that hold all records of a collection.
func (doc *OpenAPI) addExport(formats []Format, collections []*geo.Schema) {
	if len(formats) == 0 {
		return
	}
	ids, content := make([]string, len(formats)), map[string]mediaType{}
	for i, f := range formats {
		ids[i] = f.ID
		content[f.Media] = mediaType{Schema{"type": "string", "format": "binary"}}
	}
	parameters := slices.DeleteFunc(itemsParameters(nil), func(p parameter) bool {
		return p.Ref != "" || p.Name == "after" || p.Name == "resultType" || p.Name == "f" || p.Name == "max-allowable-offset"
	})
	parameters = append(parameters, query("f", "Format of the file."+limits(formats)+" gpkg, fgb, shp and gpx of mixed shapes are made in a temporary file before the first byte; crs is taken by gpkg, fgb and shp. pmtiles holds tiles instead of records, to zoom 12, or less of areas as large as a continent, takes the parameters of tiles, and can be read by ranges.", Schema{"type": "string", "enum": ids, "default": ids[0]}),
		query("sum", "For pmtiles: fields to add up over merged points.", listOf(text(""))), query("groupby", "For pmtiles: points are merged only where these fields agree.", listOf(text(""))))
	o := operation{
		OperationID: "export", Summary: "All records that match, as one file", Tags: []string{"Items"},
		Parameters: append([]parameter{collectionParameter(collections)}, parameters...),
		Responses:  answers(geojsonType, Schema{}, true),
	}
	ok := o.Responses["200"]
	ok.Content = content
	ok.Headers["Bivouac-Not-Held"] = header{Description: "What of the records the format cannot hold, a sentence each; repeated.", Schema: Schema{"type": "string"}}
	o.Responses["200"] = ok
	doc.get("/collections/{collectionId}/export", o)
	doc.addFileForms(formats)
}

// addFileForms lets f of lists of records take the kinds of files, too.
func (doc *OpenAPI) addFileForms(formats []Format) {
	forms := slices.Clone(featureForms)
	for i := range formats {
		if !slices.Contains(forms, formats[i].ID) && formats[i].ID != "pmtiles" {
			forms = append(forms, formats[i].ID)
		}
	}
	for path, item := range doc.Paths {
		if !strings.HasSuffix(path, "/items") {
			continue
		}
		// What a path is described by may be shared with another one.
		asked := slices.Clone(item.Get.Parameters)
		for i := range asked {
			if asked[i].Name == "f" {
				asked[i] = formatParameter(forms...)
			}
		}
		item.Get.Parameters = asked
	}
}
