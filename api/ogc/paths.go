package ogc

import (
	"bivouac/geo"
	"bivouac/geo/process"
)

func (doc *OpenAPI) addCapabilities() {
	doc.get("/", readable("landing", "What this server holds", "Capabilities", "landing"))
	doc.get("/conformance", readable("conformance", "Which standards the server keeps", "Capabilities", "conformance"))
	doc.get("/functions", readable("functions", "Functions that filters may call", "Capabilities", "functions"))
	openapi := document("openapi", "This description", "Capabilities", "anyObject")
	openapi.Responses["200"] = response{Description: "The answer", Headers: marked(), Content: map[string]mediaType{openapiType: {ref("anyObject")}}}
	doc.get("/openapi", openapi)
}

// addCollections describes the collections by a pattern, for programs written
// against any of them, and the records of each one by its own path, where
// clients look for the properties to filter by.
func (doc *OpenAPI) addCollections(collections []*geo.Schema) {
	id := collectionParameter(collections)
	key := keyParameter()
	const one = "/collections/{collectionId}"
	doc.get("/collections", readable("collections", "All collections", "Collections", "collections", whenParameters()...))
	doc.get(one, readable("collection", "One collection", "Collections", "collection", append([]parameter{id}, whenParameters()...)...))
	doc.get(one+"/queryables", schemaDocument("queryables", "Properties to filter by", id))
	doc.get(one+"/sortables", schemaDocument("sortables", "Properties to sort by", id))
	doc.get(one+"/schema", schemaDocument("schema", "What the records hold", id,
		query("profile", "feature: the schema of the GeoJSON feature instead of the record's.", Schema{"type": "string", "enum": []string{"record", "feature"}})))
	doc.get(one+"/items", items("items", "Records of a collection", append([]parameter{id}, itemsParameters(nil)...)))
	doc.get(one+"/items/{featureId}", item("item", "One record", append([]parameter{id, key, crsParameter()}, whenParameters()...)...))
	doc.addTiles(id)
	doc.addStyles(id)
	for _, s := range collections {
		doc.get("/collections/"+s.Name+"/items",
			items("items."+s.Name, "Records of "+s.Title, append(itemsParameters(s), filterParameters(s)...)))
	}
}

func collectionParameter(collections []*geo.Schema) parameter {
	ids := Schema{"type": "string"}
	if len(collections) > 0 {
		names := make([]string, len(collections))
		for i, s := range collections {
			names[i] = s.Name
		}
		ids["enum"] = names
	}
	return inPath("collectionId", "Id of the collection", ids)
}

func keyParameter() parameter {
	return inPath("featureId", "Key of the record", Schema{"type": "integer", "format": "int64"})
}

func schemaDocument(id, summary string, parameters ...parameter) operation {
	o := readable(id, summary, "Collections", "anyObject", parameters...)
	o.Responses["200"] = response{Description: "The answer", Headers: marked(), Content: map[string]mediaType{
		schemaType: {ref("anyObject")}, jsonType: {ref("anyObject")}, htmlType: page(),
	}}
	return o
}

func items(id, summary string, parameters []parameter) operation {
	o := operation{
		OperationID: id, Summary: summary, Tags: []string{"Items"}, Parameters: parameters,
		Responses: answers(geojsonType, ref("featureCollection"), true),
	}
	ok := o.Responses["200"]
	ok.Content[htmlType] = page()
	for name, h := range map[string]header{
		"OGC-NumberMatched":  {Description: "How many records match, on all pages", Schema: integer()},
		"OGC-NumberReturned": {Description: "How many stand in this answer", Schema: integer()},
		"Link":               {Description: "next and queryables", Schema: text("")},
		"ETag":               {Description: "Changes when the answer does", Schema: text("")},
		"Content-Crs":        contentCRS(),
	} {
		ok.Headers[name] = h
	}
	return o
}

func item(id, summary string, parameters ...parameter) operation {
	o := operation{
		OperationID: id, Summary: summary, Tags: []string{"Items"}, Parameters: append(parameters, profileParameter(), formatParameter(featureForms...)),
		Responses: answers(geojsonType, ref("feature"), true),
	}
	o.Responses["200"].Headers["Content-Crs"] = contentCRS()
	o.Responses["200"].Content[htmlType] = page()
	return o
}

func contentCRS() header {
	return header{Description: "Address of the reference system of the shapes, in angle brackets", Schema: text("")}
}

func (doc *OpenAPI) addProcesses(list []process.Process) {
	id := inPath("processId", "Id of the analysis", Schema{"type": "string"})
	doc.get("/processes", readable("processes", "All analyses", "Analyses", "processList",
		query("limit", "At most so many.", Schema{"type": "integer", "minimum": 1, "maximum": 1000, "default": 1000}),
		query("offset", "From this one on.", Schema{"type": "integer", "minimum": 0, "default": 0})))
	doc.get("/processes/{processId}", readable("process", "What an analysis takes and gives", "Analyses", "process", id))
	doc.at("/processes/{processId}/execution").Post = execution("execute", "Run an analysis", ref("execute"), ref("answer"), append([]parameter{id}, whenParameters()...)...)
	doc.addJobs()
	for i := range list {
		p := &list[i]
		doc.Components.Schemas["execute_"+p.ID] = executeSchema(fieldsSchema(p.In.Fields))
		doc.Components.Schemas["answer_"+p.ID] = answerSchema(&p.Out)
		run := execution("execute."+p.ID, "Run "+p.Title, ref("execute_"+p.ID), ref("answer_"+p.ID), whenParameters()...)
		for _, f := range p.Out.Fields {
			if f.Media != "" {
				run.Responses["200"].Content[f.Media] = mediaType{Schema{"type": "string"}}
			}
		}
		doc.at("/processes/" + p.ID + "/execution").Post = run
	}
}

// told is what the server sends to an address of the question's subscriber.
func told(id, name, summary string, what Schema) callback {
	return callback{"{$request.body#/subscriber/" + name + "}": {Post: &operation{
		OperationID: id + "." + name, Summary: summary, Tags: []string{"Analyses"},
		RequestBody: &requestBody{true, map[string]mediaType{jsonType: {what}}},
		Responses:   map[string]response{"200": {Description: "It is taken. No other answer than 2xx is; no redirect is followed."}},
	}}}
}

func execution(id, summary string, in, out Schema, parameters ...parameter) *operation {
	o := &operation{
		OperationID: id, Summary: summary, Tags: []string{"Analyses"}, Parameters: parameters,
		RequestBody: &requestBody{true, map[string]mediaType{jsonType: {in}}},
		Responses:   answers(jsonType, out, true),
	}
	delete(o.Responses, "304")
	o.Parameters = append(o.Parameters, inHeader("Prefer", "respond-async: do not wait for the answer; /api/jobs tells of it"))
	o.Responses["201"] = response{Description: "The run goes on; Location tells where to ask for it", Headers: marked(), Content: map[string]mediaType{jsonType: {ref("statusInfo")}}}
	o.Responses["204"] = response{Description: "All outputs are given by reference, in Link headers"}
	o.Callbacks = map[string]callback{
		"jobCompleted": told(id, "successUri", "The run is done", Schema{"oneOf": []Schema{{"type": "object"}, ref("statusInfo")}, "description": "The results; the status where they are classified."}),
		"jobStarted":   told(id, "inProgressUri", "The run begins", ref("statusInfo")),
		"jobFailed":    told(id, "failedUri", "The run failed", ref("statusInfo")),
	}
	o.Responses["429"] = problemResponse("Too many runs wait already")
	o.Responses["413"] = problemResponse("The question is too long")
	o.Responses["415"] = problemResponse("The question is not application/json")
	return o
}
