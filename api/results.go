package api

import (
	"bytes"
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

// outputOf returns one output of a job as JSON, and the media type that it is
// sent as: that of a document which a text of JSON holds is the document's own.
func (s *Server) outputOf(j *job.Job, name string) ([]byte, string, error) {
	if name == params.AnswerOutput {
		return append(slices.Clip(j.Answer), '\n'), encode.JSON, nil
	}
	var answer struct {
		Result map[string]json.RawMessage `json:"result"`
	}
	if err := json.Unmarshal(j.Answer, &answer); err != nil {
		return nil, "", err
	}
	text, there := answer.Result[name]
	if !there {
		return nil, "", geo.Errorf(geo.NotFound, "output", "the job %q has no output %q; /api/processes/%s says which there are, and not every run gives all", j.ID, name, j.Process)
	}
	if media := s.documentMedia(j.Process, name); media != "" {
		return text, media, nil
	}
	return append(text, '\n'), mediaOf(text), nil
}

// documentMedia is the media type of an output that is a document, "" of any
// other.
func (s *Server) documentMedia(id, output string) string {
	p, err := s.config.Processes.Find(id)
	if err != nil {
		return ""
	}
	if i := p.Out.Field(output); i >= 0 {
		return p.Out.Fields[i].Media
	}
	return ""
}

// asSent takes a document out of the text of JSON that holds it; JSON stays as
// it is.
func asSent(text []byte, media string) ([]byte, error) {
	if media == encode.JSON || media == encode.GeoJSON {
		return text, nil
	}
	var document string
	err := json.Unmarshal(text, &document)
	return []byte(document), err
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

// part is an output as it is sent: its value, or where it is.
type part struct {
	name, media, href string
	text              []byte
}

func (s *Server) partsOf(base ogc.Base, j *job.Job) ([]part, error) {
	wished := j.Wish.Outputs
	if len(wished) == 0 {
		wished = []job.Output{{Name: params.AnswerOutput}}
	}
	parts := make([]part, len(wished))
	for i, o := range wished {
		text, media, err := s.outputOf(j, o.Name)
		if err != nil {
			return nil, err
		}
		parts[i] = part{name: o.Name, media: media, text: text}
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
		text, err := asSent(parts[0].text, parts[0].media)
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
	for _, p := range parts {
		h := textproto.MIMEHeader{"Content-Type": {p.media}, "Content-Id": {"<" + p.name + ">"}}
		text, err := asSent(p.text, p.media)
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
