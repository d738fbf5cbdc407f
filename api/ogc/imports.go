package ogc

import (
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/staging"
)

const importPath = "/imports/{importId}"

// OffsetType is the media type of a piece of a file (tus.io, resumable upload
// protocol 1.0).
const OffsetType = "application/offset+octet-stream"

// addImports describes how files come into the store.
func (doc *OpenAPI) addImports() {
	id := func() parameter { return inPath("importId", "Id of the import", Schema{"type": "string"}) }
	doc.get("/imports", document("imports", "Your imports, the newest first", "Imports", "importList"))
	begin := edit("beginImport", "Say which file is to come, and how it is to be read", "Imports", ref("newImport"), "201", ref("import"))
	begin.Responses["201"].Headers["Location"] = header{Description: "Address of the import", Schema: text("")}
	begin.Responses["429"] = problemResponse("Too many imports stand already")
	doc.at("/imports").Post = begin
	doc.get(importPath, document("import", "How far an import is, what was found in the file, and what it would change", "Imports", "import", id()))
	doc.at(importPath).Patch = edit("restage", "Read the file anew by other options; a JSON merge patch of the options (RFC 7396)", "Imports", ref("importOptions"), "200", ref("import"), id())
	doc.at(importPath).Patch.RequestBody.Content = map[string]mediaType{patchType: {ref("importOptions")}}
	doc.at(importPath).Patch.Responses["409"] = problemResponse("The file is not whole yet, or it is in the store already")
	doc.at(importPath).Delete = removal("dropImport", "Take an import and its file away", "Imports", id())
	doc.addFile(id)
	rows := document("importRows", "Rows of one kind, in the order of the file", "Imports", "importRows", id(),
		query("kind", "Which rows; it must be given.", codes(staging.Kinds()...)),
		query("limit", "At most so many.", Schema{"type": "integer", "minimum": 1, "maximum": params.MaxLimit, "default": params.DefaultImportRows}),
		query("after", "Rows behind this place. It comes from a next link.", text("")),
		query("f", "geojson: the rows as features, to be drawn. csv: all refused rows with their columns and the reason, to be mended and sent again; geojson does so with all of them where kind=refused and limit is not given.", codes("json", "geojson", "csv")))
	rows.Responses["200"].Content[geojsonType] = mediaType{ref("featureCollection")}
	rows.Responses["200"].Content["text/csv"] = mediaType{Schema{"type": "string"}}
	rows.Responses["409"] = problemResponse("The file is not read yet")
	doc.get(importPath+"/rows", rows)
	approve := edit("approveImport", "Take what was staged into the store, as one version", "Imports", object(nil, map[string]Schema{"reason": text("Why, for the history")}), "200", ref("importReceipt"), id(), shared("reason"))
	approve.RequestBody.Required = false
	approve.Responses["409"] = problemResponse("It is not staged, or what it touches was changed since: send a PATCH with {} to compare it anew")
	doc.at(importPath + "/approval").Post = approve
}

// addFile describes how the file itself comes, in as many pieces as the line
// takes.
func (doc *OpenAPI) addFile(id func() parameter) {
	offsets := map[string]header{
		"Upload-Offset": {Description: "How many bytes have come: where the next piece begins", Schema: integer()},
		"Upload-Length": {Description: "How many there are", Schema: integer()},
	}
	asked := document("importFile", "How much of the file has come; HEAD does as well", "Imports", "anyObject", id())
	delete(asked.Responses, "200")
	delete(asked.Responses, "304")
	asked.Responses["204"] = response{Description: "See the headers", Headers: offsets}
	doc.get(importPath+"/file", asked)
	offset := inHeader("Upload-Offset", "Where the piece begins: what the last answer said, or HEAD says.")
	offset.Required, offset.Schema = &yes, integer()
	piece := removal("receiveFile", "Send the next piece of the file, or all of it", "Imports", id(), offset)
	piece.RequestBody = &requestBody{true, map[string]mediaType{OffsetType: {Schema{"type": "string", "format": "binary"}}}}
	piece.Responses["204"] = response{Description: "It is kept. The file is read when all of it has come", Headers: offsets}
	piece.Responses["409"] = problemResponse("The piece does not begin where the last one ended")
	piece.Responses["413"] = problemResponse("There is more of it than the import said")
	piece.Responses["415"] = problemResponse("The body is of another media type")
	doc.at(importPath + "/file").Patch = piece
}

// importSchemas are the forms of imports.
func importSchemas() map[string]Schema {
	boolean, number, at := Schema{"type": "boolean"}, Schema{"type": "number"}, Schema{"type": "string", "format": "date-time"}
	texts := Schema{"type": "object", "additionalProperties": text("")}
	options := object(nil, map[string]Schema{
		"collection": text("Into which; that of the profile, else one named after the file"), "profile": text("Id of an import profile; the one that knows the columns unless told, none for none"),
		"format": text(""), "encoding": text(""), "separator": text("A character, or tab"), "crs": text("Such as EPSG:32630"), "layer": text("Of a file that has several"), "cell_km": described(number, "Width of the cells that the people of a grid are counted in"), "mission": text("Of rows that name none"),
		"longitude": text("Column"), "latitude": text("Column"), "shape": text("Column of WKT, WKB or GeoJSON"),
		"mapping": described(texts, "field: column; an empty column takes the field from none"), "id_from": listOf(text("Column that a record's id is derived from")),
		"key":   text("Column whose numbers are those that records have here, as exports write them; found in files that this server wrote unless told, none for none"),
		"whole": described(boolean, "The file is the whole collection: records that it lacks are deleted"), "strict_codes": described(boolean, "Refuse codes that the collection does not know"),
	})
	column := object([]string{"name", "type", "samples", "fields"}, map[string]Schema{
		"name": text(""), "type": text("Kind of its values"), "samples": listOf(text("")), "fields": listOf(text("Field that is taken from it")),
		"place": codes("longitude", "latitude", "shape"), "dropped": text("Why nothing of it is kept"), "dropped_said": ref("sentence"),
	})
	field := object([]string{"name", "type"}, map[string]Schema{"name": text(""), "title": text(""), "type": text(""), "required": boolean, "new": described(boolean, "The collection has no such field yet")})
	found := object([]string{"format", "collection", "new", "geometry", "mapping", "columns", "fields", "id"}, map[string]Schema{
		"format": text(""), "encoding": text(""), "separator": text(""), "crs": text(""), "layers": listOf(text("")), "layer": text("The one that was read, of several"), "collection": text(""), "new": described(boolean, "The store has no such collection yet"),
		"geometry": text(""), "profile": text("Id of the profile that is followed"), "profiles": listOf(text("Id of a profile that knows the columns")), "mapping": described(texts, "field: column"),
		"columns": listOf(column), "fields": listOf(field), "key": text("Column whose numbers are those that records have here"), "id": text("What tells records apart: a field, the columns that it is derived from, or content"),
	})
	report := object([]string{"rows", "without_place", "at_zero"}, map[string]Schema{
		"rows": integer(), "without_place": integer(), "at_zero": integer(), "notes": listOf(text("")), "notes_said": listOf(ref("sentence")), "warnings": listOf(text("")), "warnings_said": listOf(ref("sentence")),
		"codes": {"type": "object", "description": "field: code that the collection does not know: rows", "additionalProperties": Schema{"type": "object", "additionalProperties": integer()}},
	})
	counts := object([]string{"added", "changed", "same", "deleted", "refused"}, map[string]Schema{"added": integer(), "changed": integer(), "same": integer(), "deleted": integer(), "refused": integer()})
	progress := object([]string{"step", "done", "total", "rate", "left_s"}, map[string]Schema{
		"step": text("receiving, looking, comparing or taking"), "done": described(integer(), "Bytes while receiving, else rows"), "total": described(integer(), "0 where it is not known yet"),
		"rate": described(number, "A second"), "left_s": described(number, "Seconds; 0 where that is not known")})
	one := object([]string{"id", "name", "size", "received", "state", "created", "updated", "expires", "options", "progress", "links"}, map[string]Schema{
		"id": text(""), "name": text("Of the file"), "size": integer(), "received": integer(), "sha256": text("Of the file"), "state": codes(staging.States()...),
		"created": at, "updated": at, "expires": described(at, "When it is taken away"), "options": ref("importOptions"), "progress": progress, "found": ref("importFound"), "report": ref("importReport"), "counts": ref("importCounts"),
		"against": described(integer(), "Version that it was compared with"), "version": described(integer(), "That the approval made; none where it changed nothing"),
		"problem": object([]string{"code", "detail"}, map[string]Schema{"code": text(""), "parameter": text(""), "detail": text("What is wrong and what to do"), "said": ref("sentence")}), "links": links(),
	})
	anything := Schema{"nullable": true, "description": "JSON"}
	row := object([]string{"kind"}, map[string]Schema{
		"kind": codes(staging.Kinds()...), "row": described(integer(), "In the file, from 1"), "line": integer(), "key": described(integer(), "Of the record that stands"), "source_id": text(""),
		"fields":  described(listOf(object([]string{"name"}, map[string]Schema{"name": text("Of a field; geometry and extra among them"), "before": anything, "after": anything})), "What changes"),
		"feature": described(Schema{"type": "object", "additionalProperties": true}, "The record as it would stand, as it stands where it is deleted, or the columns of a refused row"),
		"field":   text("Of a refused row: where"), "reason": text("Of a refused row: of which file and row, where, and why"), "reason_said": ref("sentence"),
	})
	return map[string]Schema{
		"importOptions": options, "importFound": found, "importReport": report, "importCounts": counts, "import": one, "importRow": row,
		"newImport":  object([]string{"name", "size"}, map[string]Schema{"name": text("Of the file"), "size": described(integer(), "Bytes"), "options": ref("importOptions")}),
		"importList": object([]string{"imports", "links"}, map[string]Schema{"imports": listOf(ref("import")), "links": links()}),
		"importRows": object([]string{"kind", "numberMatched", "rows", "links"}, map[string]Schema{"kind": codes(staging.Kinds()...), "numberMatched": integer(), "columns": listOf(text("Of the file")), "rows": listOf(ref("importRow")), "links": links()}),
		"importReceipt": object([]string{"counts", "links"}, map[string]Schema{
			"version": described(integer(), "That the approval made; none where nothing was to change"), "at": at, "counts": ref("importCounts"), "links": links()}),
	}
}

// described is a schema with a description.
func described(s Schema, description string) Schema {
	out := Schema{"description": description}
	for name, v := range s {
		out[name] = v
	}
	return out
}

// Import is how far an import is.
type Import struct {
	staging.Import
	Created string `json:"created"`
	Updated string `json:"updated"`
	Expires string `json:"expires"`
	Links   []Link `json:"links"`
}

// ImportList lists imports.
type ImportList struct {
	Imports []Import `json:"imports"`
	Links   []Link   `json:"links"`
}

// NewImport tells of an import.
func NewImport(b Base, i *staging.Import) Import {
	self := b.API("/imports/" + i.ID)
	out := Import{Import: *i, Created: i.Created.String(), Updated: i.Updated.String(), Expires: i.Expires.String(), Links: []Link{
		{self, "self", jsonType, "This import"}, {b.API("/imports"), "up", jsonType, "All imports"},
	}}
	if i.Counts != nil {
		for _, kind := range staging.Kinds() {
			out.Links = append(out.Links, Link{self + "/rows?kind=" + kind, "item", jsonType, "Rows: " + kind})
		}
	}
	return out
}

// ImportReceipt is what an approval did.
type ImportReceipt struct {
	Version geo.Version    `json:"version,omitempty"`
	At      string         `json:"at,omitempty"`
	Counts  staging.Counts `json:"counts"`
	Links   []Link         `json:"links"`
}

// NewImportReceipt tells what an approval did.
func NewImportReceipt(b Base, i *staging.Import, r geo.Receipt) ImportReceipt {
	out := ImportReceipt{Version: r.Version, At: moment(r.At), Links: []Link{{b.API("/imports/" + i.ID), "up", jsonType, "The import"}}}
	if i.Counts != nil {
		out.Counts = *i.Counts
	}
	return out
}
