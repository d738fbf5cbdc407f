package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"bivouac/api/auth"
	"bivouac/geo"
	"bivouac/geo/layer"
)

const markingHeader = "Bivouac-Classification"

// markings are the values of the header, shared so that setting it costs
// nothing.
var markings = func() (m [geo.StrictlyConfidential + 1][]string) {
	for i := range m {
		m[i] = []string{geo.Class(i).String()}
	}
	return m
}()

// begin says how high the answer is classified, and has the reading of
// classified records written down, before the first byte of it leaves. What
// cannot be written down is not sent. A 304 sends no record.
func (v *visit) begin(status int) error {
	if status == http.StatusNotModified {
		return nil
	}
	v.Header()[markingHeader] = markings[v.tally.Highest]
	e := geo.Entry{Act: geo.ActRead, Count: v.tally.Classified, Highest: v.tally.Highest}
	switch {
	case v.act != "":
		e.Act, e.Count = v.act, v.leaving
	case e.Count == 0:
		return nil
	}
	e.Who, e.From, e.Question = v.identity.Name, fromOf(v.request), v.question()
	return v.server.write(e)
}

// export has the answer written down as a file of n records that leaves,
// classified or not.
func (v *visit) export(n int) { v.act, v.leaving = geo.ActExport, n }

// mark takes records into the marking of the answer that no read of a layer
// counts: n above unclassified, of at most the class.
func (v *visit) mark(n int, c geo.Class) { v.tally.Add(layer.Tally{Classified: n, Highest: c}) }

// looked counts what was looked at for the log alone.
func (v *visit) looked(t layer.Tally) {
	t.Plain()
	v.tally.Add(t)
}

// forget makes a refusal of an answer, in which no record stands.
func (v *visit) forget() {
	v.tally.Plain()
	v.refused, v.act = nil, ""
}

// maxQuestion is the longest question that the audit holds.
const maxQuestion = 4 << 10

// question is what was asked, with all values: the audit is to tell who looked
// where.
func (v *visit) question() string {
	var inputs bytes.Buffer
	if len(v.inputs) > 0 && json.Compact(&inputs, v.inputs) != nil {
		inputs.Reset()
	}
	q := strings.TrimSpace(v.request.Method + " " + v.request.URL.RequestURI() + " " + inputs.String())
	if len(q) > maxQuestion {
		q = strings.ToValidUTF8(q[:maxQuestion], "") + "..."
	}
	return auth.Mask(q)
}
