package load

import (
	"bytes"
	"io"
)

// OpenBytes is Open for a text that lies in memory, under the name that
// messages are to call it.
func OpenBytes(name string, text []byte, o Options) (*File, error) {
	raw := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	f := &File{path: name, options: o, members: []member{{name: name, raw: raw}}}
	if err := f.look(); err != nil {
		return nil, err
	}
	if err := f.infer(); err != nil {
		return nil, err
	}
	return f, f.makePlan()
}
