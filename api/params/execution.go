package params

import (
	"encoding/json"
	"maps"
	"slices"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/process"
)

// AnswerOutput is the one output of every process: the result and the envelope
// in one document.
const AnswerOutput = "answer"

// Execution is what a request to run a process asks.
type Execution struct {
	Inputs   geo.Values
	Document bool // the answer by the name of its output, not bare
}

type executionBody struct {
	Inputs     map[string]json.RawMessage `json:"inputs"`
	Outputs    map[string]outputWish      `json:"outputs"`
	Response   string                     `json:"response"`
	Subscriber json.RawMessage            `json:"subscriber"`
}

type outputWish struct {
	TransmissionMode string          `json:"transmissionMode"`
	Format           json.RawMessage `json:"format"`
}

const executionForm = `{"inputs":{...}}; "outputs" and "response" may stand beside it`

// ParseExecution reads the body of a request to run a process, and its inputs
// as the schema says. The body {} asks for a run with all defaults.
func ParseExecution(body []byte, in *geo.Schema) (Execution, error) {
	var asked executionBody
	if err := decodeStrictly(body, &asked, executionForm); err != nil {
		return Execution{}, err
	}
	if err := asked.checkOutput(); err != nil {
		return Execution{}, err
	}
	e := Execution{Inputs: geo.Values{}, Document: asked.Response == "document"}
	for _, name := range slices.Sorted(maps.Keys(asked.Inputs)) {
		v, err := parseInput(in, name, asked.Inputs[name])
		if err != nil {
			return Execution{}, err
		}
		e.Inputs[name] = v
	}
	return e, nil
}

func (b *executionBody) checkOutput() error {
	if b.Response != "" && b.Response != "raw" && b.Response != "document" {
		return geo.Errorf(geo.Invalid, "response", "must be raw or document, not %q", clip(b.Response))
	}
	if b.Subscriber != nil {
		return geo.Errorf(geo.Invalid, "subscriber", "callbacks are not taken; the answer comes at once")
	}
	for name, wish := range b.Outputs {
		if name != AnswerOutput {
			return geo.Errorf(geo.Invalid, "outputs", "there is no output %q; the only one is %s", clip(name), AnswerOutput)
		}
		if wish.TransmissionMode != "" && wish.TransmissionMode != "value" {
			return geo.Errorf(geo.Invalid, "outputs", "the answer is given by value only")
		}
	}
	return nil
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
