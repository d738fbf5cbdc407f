package styles

// Face is a file of a font, and the characters that stand in it.
type Face struct {
	URL   string   `json:"url"`
	Range []string `json:"unicode-range"`
}

// facesOf returns the faces of the fonts that the layers write with, each at
// its whole address.
func facesOf(layers []map[string]any, p Places) map[string][]Face {
	out := map[string][]Face{}
	for _, l := range layers {
		layout, _ := l["layout"].(map[string]any)
		fonts, _ := layout["text-font"].([]any)
		for _, f := range fonts {
			name := f.(string)
			if p.Faces[name] == nil || out[name] != nil {
				continue
			}
			for _, face := range p.Faces[name] {
				face.URL = p.Page + face.URL
				out[name] = append(out[name], face)
			}
		}
	}
	return out
}
