package ogc

import "bivouac/api/params"

// addHistory describes what tells of the past.
func (doc *OpenAPI) addHistory() {
	doc.get("/changes", document("changes", "What was changed, the newest first", "Changes", "changeList",
		query("limit", "At most so many.", Schema{"type": "integer", "minimum": 1, "maximum": params.MaxCommits, "default": params.DefaultCommits}),
		query("before", "Those before this version.", Schema{"type": "integer", "minimum": 1})))
	doc.get("/changes/{version}", document("change", "One change with the records that it changed", "Changes", "change", versionParameter()))
	doc.get("/collections/{collectionId}/items/{featureId}/history", document("itemHistory", "The changes of a record, the newest first", "Changes", "history",
		collectionParameter(nil), keyParameter()))
	doc.get("/documents/{kind}/{documentId}/history", document("documentHistory", "The changes of a document, the newest first", "Changes", "history", docParameters()...))
	doc.get("/events", events())
}

func versionParameter() parameter {
	return inPath("version", "Number of the version", Schema{"type": "integer", "format": "int64", "minimum": 1})
}

// events is a stream, which OpenAPI 3.0 has no words for.
func events() operation {
	o := operation{
		OperationID: "events", Summary: "Each change as it comes, and how far the asker's own jobs are, as server-sent events: hello, commit, alert, acknowledged, job and reload", Tags: []string{"Changes"},
		Parameters: []parameter{
			inHeader("Last-Event-ID", "Id of the last event that arrived: what came since is told first."),
			query("last", "The same, for clients that cannot send headers.", Schema{"type": "string"}),
		},
		Responses: answers("text/event-stream", text("Events; the data of commit is one change as /changes lists it, that of alert and acknowledged one alert as /alerts does, or its id and address where it is classified, that of job its status as /jobs/{jobId} has it"), false),
	}
	delete(o.Responses, "304")
	o.Responses["503"] = problemResponse("Too many listen already")
	return o
}

func undo() *operation {
	o := edit("undo", "Take a change back; undo that to do it again", "Changes",
		object(nil, map[string]Schema{"reason": text("")}), "200", ref("receipt"), versionParameter(), shared("reason"))
	o.RequestBody.Required = false
	o.Responses["409"] = problemResponse("Others have changed these records since; clashes lists them")
	return o
}

// changeSchemas are the forms of what tells of changes.
func changeSchemas() map[string]Schema {
	commit := map[string]Schema{
		"version": integer(), "at": {"type": "string", "format": "date-time"}, "author": text(""), "reason": text(""),
		"undoes": {"type": "integer", "description": "The version that this one took back"},
	}
	states := map[string]Schema{
		"op": codes("add", "replace", "remove"), "before": nullable("feature"), "after": nullable("feature"),
	}
	record := with(states, map[string]Schema{"collection": text(""), "key": integer()})
	listed := with(commit, map[string]Schema{"touched": listOf(ref("touched"))})
	required := []string{"version", "at", "author", "reason"}
	return map[string]Schema{
		"record": recordSchema(Schema{"type": "object", "additionalProperties": true}),
		"patch":  patchSchema(Schema{"type": "object", "additionalProperties": true}),
		"batch":  batchSchema(),
		"receipt": object([]string{"version", "at", "keys", "links"}, map[string]Schema{
			"version": integer(), "at": commit["at"], "keys": listOf(integer()), "links": links(),
		}),
		"touched": object([]string{"added", "replaced", "removed"}, map[string]Schema{
			"collection": text(""), "document": text("Kind of the documents"), "added": integer(), "replaced": integer(), "removed": integer(),
		}),
		"listedChange": object(append(required, "touched"), listed),
		"changeList":   object([]string{"changes", "links"}, map[string]Schema{"changes": listOf(ref("listedChange")), "links": links()}),
		"recordChange": object([]string{"collection", "key", "op", "before", "after"}, record),
		"change": object(append(required, "touched", "records", "links"), with(listed, map[string]Schema{
			"records": listOf(ref("recordChange")), "more": {"type": "boolean"}, "links": links(),
		})),
		"history": object([]string{"history", "links"}, map[string]Schema{
			"history": listOf(object(append(required, "op", "before", "after"), with(commit, map[string]Schema{
				"op": states["op"], "before": anything(), "after": anything(),
			}))), "links": links(),
		}),
		"clash": object([]string{"collection", "key", "yours", "theirs"}, map[string]Schema{
			"collection": text(""), "key": integer(), "yours": nullable("feature"), "theirs": nullable("feature"),
		}),
	}
}

// batchSchema is the form of many changes.
func batchSchema() Schema {
	return object([]string{"changes"}, map[string]Schema{"reason": text(""), "changes": listOf(object([]string{"op", "collection"}, map[string]Schema{
		"op": codes("add", "replace", "update", "remove"), "collection": text(""), "key": integer(),
		"ifMatch": text("ETag of the record"), "feature": {"type": "object", "description": "A whole feature; for update a merge patch of one"},
	}))})
}

func nullable(schema string) Schema { return Schema{"nullable": true, "allOf": []Schema{ref(schema)}} }

// anything is a feature or a document, or null.
func anything() Schema { return Schema{"type": "object", "nullable": true} }

// with returns the properties with more of them.
func with(properties, more map[string]Schema) map[string]Schema {
	out := map[string]Schema{}
	for _, m := range []map[string]Schema{properties, more} {
		for name, s := range m {
			out[name] = s
		}
	}
	return out
}
