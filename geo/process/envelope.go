package process

import (
	"strconv"

	"bivouac/geo"
)

// Record is the whole answer as every surface writes it: result, and the
// envelope that says what it was made of.
func (r *Result) Record() geo.Value {
	return geo.Record(geo.Values{"result": geo.Record(r.Output), "envelope": r.envelope()})
}

func (r *Result) envelope() geo.Value {
	dropped := geo.Values{}
	for reason, n := range r.Dropped {
		dropped[reason] = geo.Int(int64(n))
	}
	warnings := make([]geo.Value, len(r.Warnings))
	for i := range r.Warnings {
		warnings[i] = geo.String(r.Warnings[i].Text)
	}
	e := geo.Values{
		"version":        geo.Int(int64(r.Version)),
		"timeStamp":      geo.TimeValue(r.At),
		"reader_ceiling": geo.String(r.Ceiling.String()),
		"parameters":     geo.Record(r.Parameters),
		"method":         geo.String(r.Method),
		"rows_selected":  geo.Int(int64(r.Selected)),
		"rows_used":      geo.Int(int64(r.Used)),
		"rows_dropped":   geo.Record(dropped),
		"seed":           {},
		"warnings":       geo.List(warnings...),
		"warning_codes":  Codes(r.Warnings),
	}
	if r.Scenario != "" {
		e["scenario"] = geo.String(r.Scenario)
	}
	if r.Seed != 0 {
		// As text: a seed has 64 bits, and a number in JSON is safe to 53.
		e["seed"] = geo.String(strconv.FormatUint(r.Seed, 10))
	}
	return geo.Record(e)
}
