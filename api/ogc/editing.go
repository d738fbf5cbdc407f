package ogc

import (
	"maps"
	"slices"

	"bivouac/geo"
)

const patchType = "application/merge-patch+json"

// addEditing describes how records are changed: by the pattern, and for each
// collection with what its records hold.
func (doc *OpenAPI) addEditing(collections []*geo.Schema) {
	id, key := collectionParameter(collections), keyParameter()
	doc.editItems("/collections/{collectionId}/items", "", ref("record"), ref("patch"), key, id)
	for _, s := range collections {
		path := "/collections/" + s.Name + "/items"
		values := ref("values_" + s.Name)
		doc.Components.Schemas["values_"+s.Name] = valuesSchema(s)
		doc.editItems(path, "."+s.Name, recordSchema(needed(s, values)), patchSchema(values), key)
		doc.get(path+"/{featureId}", item("item."+s.Name, "One record of "+s.Title, append([]parameter{key, crsParameter()}, whenParameters()...)...))
	}
	doc.at("/changes").Post = edit("changeMany", "Make many changes together, or none", "Changes", ref("batch"), "200", ref("receipt"), shared("reason"))
	doc.at("/changes/{version}/undo").Post = undo()
	doc.editDocuments()
}

// editItems describes the methods of one list of records and of each in it.
func (doc *OpenAPI) editItems(path, suffix string, whole, part Schema, key parameter, before ...parameter) {
	head := []parameter{shared("reason"), shared("crs")}
	of := func(more ...parameter) []parameter { return slices.Concat(before, more, head) }
	add := edit("createItem"+suffix, "Add a record", "Items", whole, "201", ref("feature"), of()...)
	add.Responses["201"].Headers["Location"] = header{Description: "Address of the record", Schema: Schema{"type": "string"}}
	add.RequestBody.Content[geojsonType] = mediaType{whole}
	doc.at(path).Post = add
	replace := edit("replaceItem"+suffix, "Take a whole record in the place of another", "Items", whole, "200", ref("feature"), of(key, shared("ifMatch"))...)
	replace.RequestBody.Content[geojsonType] = mediaType{whole}
	one := doc.at(path + "/{featureId}")
	one.Put = conditional(replace)
	one.Patch = conditional(edit("updateItem"+suffix, "Change a part of a record", "Items", part, "200", ref("feature"), of(key, shared("ifMatch"))...))
	one.Patch.RequestBody.Content = map[string]mediaType{patchType: {part}}
	one.Delete = conditional(removal("removeItem"+suffix, "Remove a record", "Items", of(key, shared("ifMatch"))...))
	if suffix != "" {
		for _, o := range []*operation{add, one.Put, one.Patch, one.Delete} {
			o.briefly()
		}
	}
}

// briefly leaves out the refusals that the pattern of the path tells of.
func (o *operation) briefly() {
	for _, status := range []string{"403", "404", "413", "415", "428"} {
		delete(o.Responses, status)
	}
}

// headParameters are headers of changes, which stand in the description once.
func headParameters() map[string]parameter {
	return map[string]parameter{
		"reason":  inHeader("Bivouac-Reason", "Why, for the history: UTF-8 in percent signs."),
		"ifMatch": inHeader("If-Match", "ETag of what is changed: it is refused if somebody else has changed it since."),
		"crs":     inHeader("Content-Crs", "Address of the reference system of the shapes, one that the collection lists under crs; CRS84 where there is none. They are kept, and answered, in CRS84."),
	}
}

func shared(name string) parameter { return parameter{Ref: "#/components/parameters/" + name} }

// edit is an operation that changes something and answers with what became of
// it.
func edit(id, summary, tag string, body Schema, status string, answer Schema, parameters ...parameter) *operation {
	o := removal(id, summary, tag, parameters...)
	o.RequestBody = &requestBody{true, map[string]mediaType{jsonType: {body}}}
	media := jsonType
	if tag == "Items" {
		media = geojsonType
	}
	delete(o.Responses, "204")
	o.Responses[status] = response{Description: "As it now stands", Headers: writtenHeaders(), Content: map[string]mediaType{media: {answer}}}
	o.Responses["413"] = problemResponse("The body is too long")
	o.Responses["415"] = problemResponse("The body is of another media type")
	return o
}

// removal is an operation that takes something away.
func removal(id, summary, tag string, parameters ...parameter) *operation {
	return &operation{OperationID: id, Summary: summary, Tags: []string{tag}, Parameters: parameters, Responses: map[string]response{
		"204":     {Description: "It is done", Headers: map[string]header{"Bivouac-Version": writtenHeaders()["Bivouac-Version"]}},
		"400":     problemResponse("Something in the question is wrong; the answer names it"),
		"403":     problemResponse("The asker may not do this"),
		"404":     problemResponse("There is no such thing"),
		"default": problemResponse("Something went wrong"),
	}}
}

func writtenHeaders() map[string]header {
	return map[string]header{
		"Bivouac-Version": {Description: "The version that the change made", Schema: Schema{"type": "integer"}},
		"ETag":            {Description: "For If-Match of the next change", Schema: Schema{"type": "string"}},
	}
}

// conditional adds what becomes of a change of another revision.
func conditional(o *operation) *operation {
	o.Responses["412"] = problemResponse("It was changed since it was read")
	o.Responses["428"] = problemResponse("This server wants If-Match")
	return o
}

func recordSchema(properties Schema) Schema {
	s := patchSchema(properties)
	s["required"] = []string{"type", "geometry", "properties"}
	s["properties"].(map[string]Schema)["type"] = codes("Feature")
	return s
}

func patchSchema(properties Schema) Schema {
	return Schema{"type": "object", "properties": map[string]Schema{
		"geometry": {"nullable": true, "allOf": []Schema{ref("geometry")}}, "properties": properties,
	}}
}

// valuesSchema says the properties of a body. A patch leaves out what stays,
// and each may be null but for those that are required.
func valuesSchema(s *geo.Schema) Schema {
	out := fieldsSchema(s.Fields)
	delete(out, "required")
	properties, _ := out["properties"].(map[string]any)
	for i := range s.Fields {
		p, ok := properties[s.Fields[i].Name].(Schema)
		if !ok || s.Fields[i].Required {
			continue
		}
		if p["$ref"] != nil {
			p = Schema{"allOf": []Schema{maps.Clone(p)}}
		}
		p["nullable"] = true
		properties[s.Fields[i].Name] = p
	}
	return out
}

// needed adds to the values what a whole record may not leave out.
func needed(s *geo.Schema, values Schema) Schema {
	var names []string
	for i := range s.Fields {
		if s.Fields[i].Required {
			names = append(names, s.Fields[i].Name)
		}
	}
	if names == nil {
		return values
	}
	return Schema{"allOf": []Schema{values, {"required": names}}}
}
