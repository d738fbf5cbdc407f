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
		return p.Ref != "" || p.Name == "after" || p.Name == "resultType" || p.Name == "f" || p.Name == "crs" || p.Name == "properties" || p.Name == "max-allowable-offset"
	})
	parameters = append(parameters, query("f", "Format of the file.", Schema{"type": "string", "enum": ids, "default": ids[0]}))
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
