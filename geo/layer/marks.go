package layer

import (
	"maps"

	"bivouac/geo"
)

// marks is the last Version that changed a record of each class and mission:
// what a reader's ETag hangs on, so that an edit of what it may not see moves
// nothing that it sees.
type marks map[mark]geo.Version

type mark struct {
	class   geo.Class
	mission string
}

func (m marks) touch(c geo.Class, mission string, v geo.Version) {
	at := mark{c, mission}
	m[at] = max(m[at], v)
}

func (m marks) clone() marks { return maps.Clone(m) }

// Changed returns the last Version that changed a record that the reader may
// see, 0 for none.
func (l *Layer) Changed(r geo.Reader) geo.Version {
	last := geo.Version(0)
	for m, v := range l.marks {
		if r.Sees(m.class, m.mission) {
			last = max(last, v)
		}
	}
	return last
}
