package load

import (
	"encoding/csv"
	"io"
	"strconv"
)

// Rejects writes refused rows as CSV, one by one: give its Write to
// Options.Refused, and call Flush at the end.
type Rejects struct {
	w     *csv.Writer
	wrote bool
}

// NewRejects returns a Rejects that writes to w. Nothing is written, not even
// the header, before the first refusal.
func NewRejects(w io.Writer) *Rejects { return &Rejects{w: csv.NewWriter(w)} }

// Write adds one refused row.
func (r *Rejects) Write(f Refusal) error {
	if !r.wrote {
		r.wrote = true
		if err := r.w.Write([]string{"file", "row", "line", "field", "reason", "raw"}); err != nil {
			return err
		}
	}
	return r.w.Write([]string{f.File, strconv.Itoa(f.Row), strconv.Itoa(f.Line), f.Field, f.Reason, f.Raw})
}

// Flush writes what is still held back.
func (r *Rejects) Flush() error {
	r.w.Flush()
	return r.w.Error()
}
