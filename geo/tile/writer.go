package tile

import "encoding/binary"

// Fields of a tile, a layer and a feature, as protobuf writes them.
const (
	tileLayer    = 3<<3 | 2
	layerName    = 1<<3 | 2
	layerFeature = 2<<3 | 2
	layerKey     = 3<<3 | 2
	layerValue   = 4<<3 | 2
	layerExtent  = 5 << 3
	layerVersion = 15 << 3

	featureID       = 1 << 3
	featureTags     = 2<<3 | 2
	featureType     = 3 << 3
	featureGeometry = 4<<3 | 2
)

// Types of geometry, and commands.
const (
	pointType   = 1
	lineType    = 2
	polygonType = 3

	moveTo    = 1
	lineTo    = 2
	closePath = 7
)

// writer puts one layer together.
type writer struct {
	features []byte
	values   values
	tags     []byte // of the feature at hand
	geometry []byte // of the feature at hand
}

func (w *writer) reset() {
	w.features = w.features[:0]
	w.values.reset()
}

func (w *writer) size() int { return len(w.features) + len(w.values.b) }

// tag adds a property to the feature at hand.
func (w *writer) tag(key int, value uint32) {
	if key|int(value) < 0x80 {
		w.tags = append(w.tags, byte(key), byte(value))
		return
	}
	w.tags = binary.AppendUvarint(w.tags, uint64(key))
	w.tags = binary.AppendUvarint(w.tags, uint64(value))
}

// close adds the feature at hand.
func (w *writer) close(id uint64, kind byte) {
	tags, geometry := len(w.tags), len(w.geometry)
	length := 1 + sizeOf(id) + 2 + 1 + sizeOf(uint64(geometry)) + geometry
	if tags > 0 {
		length += 1 + sizeOf(uint64(tags)) + tags
	}
	b := appendSize(append(w.features, layerFeature), length)
	b = binary.AppendUvarint(append(b, featureID), id)
	if tags > 0 {
		b = append(appendSize(append(b, featureTags), tags), w.tags...)
	}
	b = appendSize(append(b, featureType, kind, featureGeometry), geometry)
	w.features = append(b, w.geometry...)
	w.tags, w.geometry = w.tags[:0], w.geometry[:0]
}

// appendSize adds a length, nearly always a short one.
func appendSize(b []byte, n int) []byte {
	if n < 0x80 {
		return append(b, byte(n))
	}
	return binary.AppendUvarint(b, uint64(n))
}

// command adds the head of a run of positions.
func (w *writer) command(id, count int) {
	w.geometry = binary.AppendUvarint(w.geometry, uint64(count<<3|id))
}

// step adds a position as its distance from the one before.
func (w *writer) step(dx, dy int32) {
	w.geometry = binary.AppendUvarint(w.geometry, zigzag(int64(dx)))
	w.geometry = binary.AppendUvarint(w.geometry, zigzag(int64(dy)))
}

// append adds the tile of the one layer, or nothing where that has no feature.
func (w *writer) append(b []byte, name string, keys []string) []byte {
	if len(w.features) == 0 {
		return b
	}
	length := 2 + 3 + textSize(name) + len(w.features) + len(w.values.b)
	for _, k := range keys {
		length += textSize(k)
	}
	b = append(b, tileLayer)
	b = binary.AppendUvarint(b, uint64(length))
	b = append(b, layerVersion, 2)
	b = appendText(append(b, layerName), name)
	b = append(b, w.features...)
	for _, k := range keys {
		b = appendText(append(b, layerKey), k)
	}
	b = append(b, w.values.b...)
	b = append(b, layerExtent)
	return binary.AppendUvarint(b, Extent)
}

func textSize(s string) int { return 1 + sizeOf(uint64(len(s))) + len(s) }

func appendText(b []byte, s string) []byte { return append(appendSize(b, len(s)), s...) }
