package ogc

import (
	"slices"

	"bivouac/geo"
)

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
	parameters = append(parameters, query("f", "Format of the file. pmtiles holds tiles instead of records, to zoom 12, or less of areas as large as a continent, takes the parameters of tiles, and can be read by ranges.", Schema{"type": "string", "enum": ids, "default": ids[0]}),
		query("sum", "For pmtiles: fields to add up over merged points.", listOf(text(""))), query("groupby", "For pmtiles: points are merged only where these fields agree.", listOf(text(""))))
	o := operation{
		OperationID: "export", Summary: "All records that match, as one file", Tags: []string{"Items"},
		Parameters: append([]parameter{collectionParameter(collections)}, parameters...),
		Responses:  answers(geojsonType, Schema{}, true),
	}
	ok := o.Responses["200"]
	ok.Content = content
	o.Responses["200"] = ok
	doc.get("/collections/{collectionId}/export", o)
}
