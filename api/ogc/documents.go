package ogc

import "bivouac/geo"

const docPath = "/documents/{kind}/{documentId}"

// addDocuments describes the reading of documents.
func (doc *OpenAPI) addDocuments() {
	doc.get("/documents/{kind}", document("documents", "The documents of a kind, without their bodies", "Documents", "documentList", docParameters()[0]))
	doc.get(docPath, document("document", "One document", "Documents", "document", docParameters()...))
}

// editDocuments describes how they are changed.
func (doc *OpenAPI) editDocuments() {
	of := func() []parameter { return append(docParameters(), shared("ifMatch"), shared("reason")) }
	put := conditional(edit("putDocument", "Make a document, or take a whole one in its place", "Documents", ref("newDocument"), "200", ref("document"), of()...))
	put.Responses["201"] = put.Responses["200"]
	doc.at(docPath).Put = put
	doc.at(docPath).Delete = conditional(removal("removeDocument", "Remove a document", "Documents", of()...))
}

func docParameters() []parameter {
	return []parameter{
		inPath("kind", "Kind of document, such as view, indicator, scenario or profile", Schema{"type": "string", "pattern": "^[a-z][a-z0-9_-]*$"}),
		inPath("documentId", "Id of the document, unique among its kind", Schema{"type": "string"}),
	}
}

// documentSchemas are the forms of documents.
func documentSchemas() map[string]Schema {
	said := map[string]Schema{
		"title": text(""), "classification": codes(geo.Classes()...),
		"mission": {"type": "string", "nullable": true, "description": "null: shared by all"},
	}
	body := map[string]Schema{"body": {"type": "object", "additionalProperties": true}}
	entry := with(said, map[string]Schema{"kind": text(""), "id": text(""), "version": integer(), "links": links()})
	required := []string{"kind", "id", "title", "version", "classification", "mission", "links"}
	return map[string]Schema{
		"newDocument":   object([]string{"title", "body"}, with(said, body)),
		"documentEntry": object(required, entry),
		"document":      object(append(required, "body"), with(entry, body)),
		"documentList":  object([]string{"documents", "links"}, map[string]Schema{"documents": listOf(ref("documentEntry")), "links": links()}),
	}
}
