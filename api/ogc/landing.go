package ogc

import "bivouac/geo"

// About is what a server says of itself, whatever its data.
type About struct {
	Title       string
	Description string
	Build       string   // of the program
	Attribution []string // whose data it is
	Formats     []Format // of files that records leave in
}

// Format is a kind of file that records leave in.
type Format struct {
	ID, Title, Media, Extension string
	Ways                        bool     // only points and lines
	Limits                      []string // what files of it cannot hold, a sentence each
}

// Takes reports whether records of the schema can leave in the format.
func (f *Format) Takes(s *geo.Schema) bool {
	return !f.Ways || s.Geometry != geo.AreaGeometry && s.Geometry != geo.NoGeometry
}

// FormatIDs are the words that f takes for an export.
func (a About) FormatIDs() []string {
	ids := make([]string, len(a.Formats))
	for i := range a.Formats {
		ids[i] = a.Formats[i].ID
	}
	return ids
}

// Landing is the first document of the API.
type Landing struct {
	Title          string      `json:"title"`
	Description    string      `json:"description"`
	Version        geo.Version `json:"version"` // of the data, as this reader sees it
	TimeStamp      string      `json:"timeStamp,omitempty"`
	Build          string      `json:"build"`
	Attribution    []string    `json:"attribution"`
	Classification string      `json:"classification"` // the highest in what this reader sees
	Loaded         string      `json:"loaded"`
	Links          []Link      `json:"links"`
}

// State is the data that a reader sees, in short.
type State struct {
	Version geo.Version
	At      geo.Time
	Highest geo.Class
	Loaded  string // what there is, in a sentence
}

// NewLanding returns the landing page.
func NewLanding(b Base, a About, s State) Landing {
	l := Landing{
		Title: a.Title, Description: a.Description, Version: s.Version, Build: a.Build,
		Attribution: a.Attribution, Classification: s.Highest.String(), Loaded: s.Loaded,
		Links: landingLinks(b),
	}
	if l.Attribution == nil {
		l.Attribution = []string{}
	}
	if s.Version > 0 {
		l.TimeStamp = s.At.String()
	}
	return l
}

func landingLinks(b Base) []Link {
	return []Link{
		{b.API(""), "self", jsonType, "This document"},
		ForPeople(b.API("")),
		{b.API("/openapi"), "service-desc", openapiType, "Description of the API (OpenAPI 3.0)"},
		{b.API("?f=html"), "service-doc", htmlType, "How to use the API"},
		{b.API("/conformance"), "conformance", jsonType, "OGC conformance classes"},
		{b.API("/conformance"), RelConformance, jsonType, "OGC conformance classes"},
		{b.API("/collections"), "data", jsonType, "Collections"},
		{b.API("/processes"), RelProcesses, jsonType, "Analyses"},
		{b.API("/processes"), "processes", jsonType, "Analyses"},
		{b.API("/functions"), RelFunctions, jsonType, "Functions that filters may call"},
		{b.API("/styles"), RelStyles, jsonType, "How the collections are drawn"},
		{b.API("/tiles"), RelTiles, jsonType, "All collections as vector tiles"},
		{b.API("/tileMatrixSets"), relSchemes, jsonType, "How the map is cut into tiles"},
		{string(b) + "/", "related", htmlType, "The map"},
	}
}
