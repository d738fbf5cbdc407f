package params

import (
	"encoding/json"
	"maps"
	"slices"

	"bivouac/api/job"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/process"
)

// AnswerOutput is an output of every process, and what is given where none is
// named: the result and the envelope in one document.
const AnswerOutput = "answer"

// Execution is what a request to run a process asks.
type Execution struct {
	Inputs geo.Values
	job.Wish
	Subscriber job.Subscriber
}

type executionBody struct {
	Inputs     map[string]json.RawMessage `json:"inputs"`
	Outputs    map[string]outputWish      `json:"outputs"`
	Response   string                     `json:"response"`
	Subscriber *subscriberBody            `json:"subscriber"`
}

type subscriberBody struct {
	SuccessURI    string `json:"successUri"`
	InProgressURI string `json:"inProgressUri"`
	FailedURI     string `json:"failedUri"`
}

type outputWish struct {
	TransmissionMode string          `json:"transmissionMode"`
	Format           json.RawMessage `json:"format"`
}

const executionForm = `{"inputs":{...}}; "outputs", "response" and "subscriber" may stand beside it`

// ParseExecution reads the body of a request to run a process, and its inputs
// as the schema says. The body {} asks for a run with all defaults.
func ParseExecution(body []byte, in, out *geo.Schema) (Execution, error) {
	var asked executionBody
	if err := decodeStrictly(body, &asked, executionForm); err != nil {
		return Execution{}, err
	}
	if err := asked.checkOutput(out); err != nil {
		return Execution{}, err
	}
	e := Execution{Inputs: geo.Values{}, Wish: asked.wish()}
	if s := asked.Subscriber; s != nil {
		e.Subscriber = job.Subscriber{Success: s.SuccessURI, InProgress: s.InProgressURI, Failed: s.FailedURI}
	}
	for _, name := range slices.Sorted(maps.Keys(asked.Inputs)) {
		v, err := parseInput(in, name, asked.Inputs[name])
		if err != nil {
			return Execution{}, err
		}
		e.Inputs[name] = v
	}
	return e, nil
}

func (b *executionBody) checkOutput(out *geo.Schema) error {
	if b.Response != "" && b.Response != "raw" && b.Response != "document" {
		return geo.Errorf(geo.Invalid, "response", "must be raw or document, not %q", clip(b.Response))
	}
	if b.Subscriber != nil && b.Subscriber.SuccessURI == "" {
		return geo.Errorf(geo.Invalid, "subscriber.successUri", "must say where to send the results; inProgressUri and failedUri may stand beside it")
	}
	for name, wish := range b.Outputs {
		if name != AnswerOutput && out.Field(name) < 0 {
			return geo.Errorf(geo.Invalid, "outputs", "there is no output %q; write %s for all, or one of what the process gives", clip(name), AnswerOutput)
		}
		if m := wish.TransmissionMode; m != "" && m != "value" && m != "reference" {
			return geo.Errorf(geo.Invalid, "outputs."+clip(name)+".transmissionMode", "must be value or reference, not %q", clip(m))
		}
	}
	return nil
}

// wish is in which form the answer is to come; outputs stand by name.
func (b *executionBody) wish() job.Wish {
	w := job.Wish{Document: b.Response == "document"}
	for _, name := range slices.Sorted(maps.Keys(b.Outputs)) {
		w.Outputs = append(w.Outputs, job.Output{Name: name, Reference: b.Outputs[name].TransmissionMode == "reference"})
	}
	return w
}

// parseInput reads one input. A name that the process does not know is left
// as it is for the process to refuse, which lists what it takes.
func parseInput(in *geo.Schema, name string, raw json.RawMessage) (geo.Value, error) {
	v, err := geojson.ParseValue(raw)
	if err != nil {
		return v, geo.Errorf(geo.Invalid, clip(name), "%v", err)
	}
	if i := in.Field(name); i >= 0 && v.Record() != nil {
		if v, err = qualified(&in.Fields[i], v, v.Record()); err != nil {
			return v, err
		}
	}
	return process.Input(in, name, v)
}

// qualified unwraps {"value": ...}, as OGC API Processes writes inputs that
// are objects themselves, and refuses inputs by reference.
func qualified(f *geo.Field, v geo.Value, r geo.Values) (geo.Value, error) {
	if _, byReference := r["href"]; byReference && f.Kind != geo.KindRecord {
		return v, geo.Errorf(geo.Invalid, f.Name, "inputs are taken by value, not by reference; nothing is fetched from elsewhere")
	}
	if inner, ok := r["value"]; ok && len(r) <= 3 {
		return inner, nil
	}
	return v, nil
}
