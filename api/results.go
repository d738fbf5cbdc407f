package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"slices"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/job"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
)

// outputOf returns one output of a job.
func (s *Server) outputOf(j *job.Job, name string) (part, error) {
	if name == params.AnswerOutput {
		return part{name: name, media: encode.JSON, text: append(slices.Clip(j.Answer), '\n')}, nil
	}
	var answer struct {
		Result map[string]json.RawMessage `json:"result"`
	}
	if err := json.Unmarshal(j.Answer, &answer); err != nil {
		return part{}, err
	}
	text, there := answer.Result[name]
	if !there {
		return part{}, geo.Errorf(geo.NotFound, "output", "the job %q has no output %q; /api/processes/%s says which there are, and not every run gives all", j.ID, name, j.Process)
	}
	if f := s.outputField(j.Process, name); f != nil && f.Media != "" {
		return part{name: name, media: f.Media, encoding: f.Encoding, text: text}, nil
	}
	return part{name: name, media: mediaOf(text), text: append(text, '\n')}, nil
}

// outputField describes an output, nil where that is not known.
func (s *Server) outputField(id, output string) *geo.Field {
	p, err := s.config.Processes.Find(id)
	if err != nil {
		return nil
	}
	if i := p.Out.Field(output); i >= 0 {
		return &p.Out.Fields[i]
	}
	return nil
}

// mediaOf tells GeoJSON from other JSON.
func mediaOf(text []byte) string {
	var head struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(text, &head) != nil {
		return encode.JSON
	}
	switch head.Type {
	case "FeatureCollection", "Feature", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
		return encode.GeoJSON
	}
	return encode.JSON
}

// part is an output: its media type as it is sent alone, its value as JSON, and
// where it is, for one that is sent by reference.
type part struct {
	name, media, href string
	encoding          string // of the bytes of a document within the JSON
	text              []byte
}

// sent takes a document out of the text of JSON that holds it; JSON stays as
// it is.
func (p *part) sent() ([]byte, error) {
	if p.media == encode.JSON || p.media == encode.GeoJSON {
		return p.text, nil
	}
	var document string
	if err := json.Unmarshal(p.text, &document); err != nil {
		return nil, err
	}
	if p.encoding == "base64" {
		return base64.StdEncoding.DecodeString(document)
	}
	return []byte(document), nil
}

func (s *Server) partsOf(base ogc.Base, j *job.Job) ([]part, error) {
	wished := j.Wish.Outputs
	if len(wished) == 0 {
		wished = []job.Output{{Name: params.AnswerOutput}}
	}
	parts := make([]part, len(wished))
	for i, o := range wished {
		var err error
		if parts[i], err = s.outputOf(j, o.Name); err != nil {
			return nil, err
		}
		if o.Reference {
			parts[i].href = base.API("/jobs/" + j.ID + "/results/" + o.Name)
		}
	}
	return parts, nil
}

// sendResults answers with the outputs that were asked for: as one document;
// or raw, which is one value as it is, several as multipart/related, and Link
// headers alone where all are by reference.
func (s *Server) sendResults(c echo.Context, j *job.Job) error {
	parts, err := s.partsOf(s.baseOf(c.Request()), j)
	if err != nil {
		return err
	}
	byReference := !slices.ContainsFunc(parts, func(p part) bool { return p.href == "" })
	switch {
	case j.Wish.Document:
		return s.send(c, encode.JSON, documentOf(parts))
	case byReference:
		for _, p := range parts {
			visitOf(c).Header().Add("Link", "<"+p.href+`>; rel="`+ogc.RelResults+`"; type="`+p.media+`"; title="`+p.name+`"`)
		}
		return c.NoContent(http.StatusNoContent)
	case len(parts) == 1:
		text, err := parts[0].sent()
		if err != nil {
			return err
		}
		return s.send(c, parts[0].media, text)
	}
	text, media, err := related(parts)
	if err != nil {
		return err
	}
	return s.send(c, media, text)
}

// send sends what is not to be asked for again by its tag.
func (s *Server) send(c echo.Context, media string, text []byte) error {
	v := visitOf(c)
	v.Header().Set("Cache-Control", "no-store")
	v.Header().Set("Content-Type", media)
	b := v.body(c.Request())
	b.B = append(b.B, text...)
	_, err := b.Close()
	return err
}

func documentOf(parts []part) []byte {
	out := map[string]any{}
	for _, p := range parts {
		if p.href != "" {
			out[p.name] = map[string]string{"href": p.href, "type": p.media}
			continue
		}
		out[p.name] = map[string]json.RawMessage{"value": p.text}
	}
	return appendJSON(nil, out)
}

func related(parts []part) ([]byte, string, error) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := range parts {
		p := &parts[i]
		h := textproto.MIMEHeader{"Content-Type": {p.media}, "Content-Id": {"<" + p.name + ">"}}
		text, err := p.sent()
		if p.href != "" {
			h.Set("Content-Location", p.href)
			text = nil
		}
		if err != nil {
			return nil, "", err
		}
		w, err := m.CreatePart(h)
		if err != nil {
			return nil, "", err
		}
		if _, err := w.Write(text); err != nil {
			return nil, "", err
		}
	}
	err := m.Close()
	return b.Bytes(), "multipart/related; boundary=" + m.Boundary(), err
}
