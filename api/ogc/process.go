package ogc

import (
	"encoding/json"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
	"bivouac/geo/process"
)

// ProcessSummary is a process in a list.
type ProcessSummary struct {
	ID                 string   `json:"id"`
	Title              string   `json:"title"`
	Description        string   `json:"description"`
	Version            string   `json:"version"`
	JobControlOptions  []string `json:"jobControlOptions"`
	OutputTransmission []string `json:"outputTransmission"`
	Links              []Link   `json:"links"`
}

// Process describes a process.
type Process struct {
	ProcessSummary
	Inputs  json.RawMessage          `json:"inputs"`
	Outputs map[string]processOutput `json:"outputs"`
}

type processOutput struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Schema      Schema `json:"schema"`
}

// Processes lists the processes.
type Processes struct {
	Processes []ProcessSummary `json:"processes"`
	Links     []Link           `json:"links"`
}

const processVersion = "1.0.0"

// NewProcesses lists the processes from the offset on, at most limit of them.
func NewProcesses(b Base, list []process.Process, offset, limit int, next string) Processes {
	out := Processes{Processes: []ProcessSummary{}, Links: []Link{
		{b.API("/processes"), "self", jsonType, "This document"}, ForPeople(b.API("/processes")), {b.API(""), "up", jsonType, "Landing page"},
	}}
	from := min(offset, len(list))
	to := min(from+limit, len(list))
	for i := range list[from:to] {
		out.Processes = append(out.Processes, summary(b, &list[from+i], "self"))
	}
	if to < len(list) {
		out.Links = append(out.Links, Link{next, "next", jsonType, "More"})
	}
	return out
}

func summary(b Base, p *process.Process, rel string) ProcessSummary {
	return ProcessSummary{
		ID: p.ID, Title: p.Title, Description: p.Description, Version: processVersion,
		JobControlOptions: []string{"sync-execute", "async-execute", "dismiss"}, OutputTransmission: []string{"value", "reference"},
		Links: []Link{
			{b.Process(p.ID, ""), rel, jsonType, "Description"},
			{b.Process(p.ID, "/execution"), RelExecute, jsonType, "Run it"},
		},
	}
}

// NewProcess describes a process. The output named output holds the result and
// the envelope, what one must know to trust it; each part of the result is an
// output, too.
func NewProcess(b Base, p *process.Process, output string) Process {
	s := summary(b, p, "self")
	s.Links = append(s.Links, ForPeople(b.Process(p.ID, "")), Link{b.API("/processes"), "up", jsonType, "All analyses"})
	outputs := map[string]processOutput{output: {
		Title: p.Title, Description: "The result, and what one must know to trust it. Given where no output is named.", Schema: answerSchema(&p.Out),
	}}
	for i := range p.Out.Fields {
		f := &p.Out.Fields[i]
		outputs[f.Name] = processOutput{f.Title, f.Description, fieldSchema(f)}
	}
	return Process{
		ProcessSummary: s,
		Inputs:         jsonschema.AppendInputs(nil, &p.In),
		Outputs:        outputs,
	}
}

func answerSchema(out *geo.Schema) Schema {
	return Schema{
		"type": "object", "required": []string{"result", "envelope"},
		"properties": map[string]Schema{"result": fieldsSchema(out.Fields), "envelope": envelopeSchema()},
	}
}

// warningSchema is a warning in any language. A value may be a warning itself,
// with its text.
func warningSchema() Schema {
	return Schema{
		"type": "object", "required": []string{"code", "values"},
		"properties": map[string]Schema{
			"code":   {"type": "string", "nullable": true, "description": "Of the sentence; null for one that is in English alone."},
			"values": {"type": "object", "nullable": true, "description": "What is filled in, by name."},
		},
	}
}

// envelopeSchema says what stands beside every result.
func envelopeSchema() Schema {
	return Schema{
		"type":     "object",
		"required": []string{"version", "reader_ceiling", "parameters", "method", "rows_selected", "rows_used", "rows_dropped", "seed", "warnings", "warning_codes"},
		"properties": map[string]Schema{
			"version":        {"type": "integer", "description": "Version of the data that the answer was made of."},
			"timeStamp":      {"type": "string", "format": "date-time", "description": "When that version was made."},
			"reader_ceiling": {"type": "string", "enum": geo.Classes(), "description": "Highest classification that the reader may see."},
			"scenario":       {"type": "string", "description": "In which the answer is what would be; left out where there is none."},
			"parameters":     {"type": "object", "description": "The inputs as they were used, defaults included."},
			"method":         {"type": "string", "description": "By its standard name, with the source."},
			"rows_selected":  {"type": "integer", "description": "Rows that the question selected: those used and those dropped."},
			"rows_used":      {"type": "integer"},
			"rows_dropped":   {"type": "object", "additionalProperties": Schema{"type": "integer"}, "description": "Rows left out, by reason."},
			"seed":           {"type": "string", "nullable": true, "description": "Of what was drawn at random, in decimal; null for nothing."},
			"warnings":       {"type": "array", "items": Schema{"type": "string"}, "description": "What limits the answer, in English."},
			"warning_codes":  {"type": "array", "items": warningSchema(), "description": "The same, for other languages: a code and its values for each of the warnings, in their order."},
		},
	}
}
