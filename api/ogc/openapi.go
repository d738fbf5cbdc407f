package ogc

import (
	"maps"

	"bivouac/geo"
	"bivouac/geo/process"
)

// OpenAPI is a document of OpenAPI 3.0.3.
type OpenAPI struct {
	OpenAPI    string               `json:"openapi"`
	Info       info                 `json:"info"`
	Servers    []server             `json:"servers"`
	Security   []security           `json:"security"`
	Tags       []tag                `json:"tags"`
	Paths      map[string]*pathItem `json:"paths"`
	Components components           `json:"components"`
}

type info struct {
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Version     string `json:"version"`
}

type server struct {
	URL string `json:"url"`
}

type tag struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

type pathItem struct {
	Get    *operation `json:"get,omitempty"`
	Post   *operation `json:"post,omitempty"`
	Put    *operation `json:"put,omitempty"`
	Patch  *operation `json:"patch,omitempty"`
	Delete *operation `json:"delete,omitempty"`
}

type operation struct {
	OperationID string              `json:"operationId"`
	Summary     string              `json:"summary"`
	Tags        []string            `json:"tags"`
	Parameters  []parameter         `json:"parameters,omitempty"`
	RequestBody *requestBody        `json:"requestBody,omitempty"`
	Security    []security          `json:"security,omitempty"` // nil for that of the whole document
	Responses   map[string]response `json:"responses"`
	Callbacks   map[string]callback `json:"callbacks,omitempty"`
}

// callback is what is sent to an address that the question names.
type callback map[string]*pathItem

type requestBody struct {
	Required bool                 `json:"required"`
	Content  map[string]mediaType `json:"content"`
}

type response struct {
	Ref         string               `json:"$ref,omitempty"`
	Description string               `json:"description,omitempty"`
	Headers     map[string]header    `json:"headers,omitempty"`
	Content     map[string]mediaType `json:"content,omitempty"`
}

type header struct {
	Ref         string `json:"$ref,omitempty"`
	Description string `json:"description,omitempty"`
	Schema      Schema `json:"schema,omitempty"`
}

type mediaType struct {
	Schema Schema `json:"schema"`
}

type components struct {
	Headers    map[string]header         `json:"headers"`
	Parameters map[string]parameter      `json:"parameters"`
	Responses  map[string]response       `json:"responses"`
	Schemas    map[string]Schema         `json:"schemas"`
	Security   map[string]securityScheme `json:"securitySchemes"`
}

// Offer is what a server can do with its records beside showing them.
type Offer struct {
	Editable bool // they can be changed
	Kept     bool // their past is kept

	Callbacks bool // are sent of runs
	Imports   bool // files can be taken in
}

// NewOpenAPI describes the API for the collections of the schemas and the
// processes.
func NewOpenAPI(b Base, a About, o Offer, collections []*geo.Schema, processes []process.Process) OpenAPI {
	doc := OpenAPI{
		OpenAPI: "3.0.3",
		Info:    info{a.Title, a.Description, a.Build},
		Servers: []server{{b.API("")}}, Security: byTokenOrSession(),
		Paths: map[string]*pathItem{},
		Tags: []tag{
			{"Capabilities", "What the server offers"}, {"Collections", "What the records hold"},
			{"Items", "The records"}, {"Tiles", "The records as vector tiles"}, {"Styles", "How the records are drawn"}, {"Analyses", "OGC API Processes"},
			{"Access", "Who asks, and who asked what"},
			{"Changes", "What was changed, when and by whom"}, {"Documents", "Views, scenarios and other documents"},
			{"Imports", "Files on their way into the store"},
			{"Alerts", "What rules raised of the changes"},
		},
		Components: components{
			Headers:    map[string]header{"classification": classificationHeader()},
			Parameters: map[string]parameter{"limit": limitParameter()},
			Responses:  accessResponses(),
			Schemas:    componentSchemas(),
			Security:   securitySchemes(),
		},
	}
	doc.addCapabilities()
	doc.addCollections(collections)
	doc.addDatasetTiles()
	doc.addTileMatrixSets()
	doc.addExport(a.Formats, collections)
	doc.addProcesses(processes)
	doc.addAccess()
	doc.addDocuments()
	doc.addAlerts(o.Editable)
	if o.Editable {
		maps.Copy(doc.Components.Parameters, headParameters())
		doc.addEditing(collections)
	}
	if o.Imports {
		doc.addImports()
	}
	if o.Kept {
		doc.addHistory()
	}
	return doc
}

func (doc *OpenAPI) get(path string, o operation) { doc.at(path).Get = &o }

// at returns the path to describe.
func (doc *OpenAPI) at(path string) *pathItem {
	if doc.Paths[path] == nil {
		doc.Paths[path] = &pathItem{}
	}
	return doc.Paths[path]
}

// document is the operation that reads one JSON document.
func document(id, summary, tag, schema string, parameters ...parameter) operation {
	return operation{
		OperationID: id, Summary: summary, Tags: []string{tag}, Parameters: parameters,
		Responses: answers(jsonType, ref(schema), len(parameters) > 0),
	}
}

// readable is a document that people can read in a browser, too.
func readable(id, summary, tag, schema string, parameters ...parameter) operation {
	o := document(id, summary, tag, schema, parameters...)
	o.Parameters = append(o.Parameters, formatParameter("json", "html"))
	o.Responses["200"].Content[htmlType] = page()
	return o
}

func page() mediaType { return mediaType{Schema{"type": "string"}} }

// answers are those of a reading operation.
func answers(media string, schema Schema, mayMiss bool) map[string]response {
	out := map[string]response{
		"200":     {Description: "The answer", Headers: marked(), Content: map[string]mediaType{media: {schema}}},
		"304":     {Description: "What the reader has is still right"},
		"400":     problemResponse("A parameter is wrong; the answer names it"),
		"401":     {Ref: "#/components/responses/unauthorized"},
		"403":     {Ref: "#/components/responses/forbidden"},
		"default": problemResponse("Something went wrong"),
	}
	if mayMiss {
		out["404"] = problemResponse("There is no such resource")
	}
	return out
}

func problemResponse(text string) response {
	return response{Description: text, Content: map[string]mediaType{"application/problem+json": {ref("problem")}}}
}

func ref(schema string) Schema { return Schema{"$ref": "#/components/schemas/" + schema} }
