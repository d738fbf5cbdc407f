package raster

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
)

func isTIFF(start []byte) bool {
	for _, magic := range []string{"II*\x00", "MM\x00*", "II+\x00", "MM\x00+"} {
		if strings.HasPrefix(string(start), magic) {
			return true
		}
	}
	return false
}

// Tags that are read.
const (
	tagWidth         = 256
	tagHeight        = 257
	tagBits          = 258
	tagCompression   = 259
	tagStripOffsets  = 273
	tagBands         = 277
	tagRowsPerStrip  = 278
	tagStripBytes    = 279
	tagPredictor     = 317
	tagTileWidth     = 322
	tagTileHeight    = 323
	tagTileOffsets   = 324
	tagTileBytes     = 325
	tagFormat        = 339
	tagScale         = 33550
	tagTie           = 33922
	tagTransform     = 34264
	tagGeoKeys       = 34735
	tagNoData        = 42113
	mostBlockBytes   = 256 << 20
	mostEntries      = 4096
	keyModel         = 1024
	keyRasterType    = 1025
	keyGeographic    = 2048
	keyProjected     = 3072
	modelProjected   = 1
	pixelIsPoint     = 2
	userDefinedCode  = 32767
	formatUnsigned   = 1
	formatSigned     = 2
	formatFloat      = 3
	compressionNone  = 1
	compressionLZW   = 5
	compressionZip   = 8
	compressionBits  = 32773
	compressionZip2  = 32946
	predictorNone    = 1
	predictorNext    = 2
	predictorFloat   = 3
	bigVersion       = 43
	classicEntry     = 12
	bigEntry         = 20
	mostListedValues = 64 << 20
)

// tiff is a file whose first picture is read.
type tiff struct {
	in    io.ReaderAt
	size  int64
	order binary.ByteOrder
	big   bool
	tags  map[int]entry
}

// entry is a list of values of a tag.
type entry struct {
	kind  int
	count int64
	at    int64 // of the values in the file
}

var errCutTIFF = geo.ErrorOf(geo.Invalid, "", damaged)

func (t *tiff) bytes(at, n int64) ([]byte, error) {
	if at < 0 || n < 0 || at > t.size-n {
		return nil, errCutTIFF
	}
	b := make([]byte, n)
	if _, err := t.in.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

func openTIFF(in io.ReaderAt, size int64) (*Grid, error) {
	t := &tiff{in: in, size: size, order: binary.LittleEndian, tags: map[int]entry{}}
	head, err := t.bytes(0, min(size, 16))
	if err != nil || len(head) < 8 {
		return nil, errCutTIFF
	}
	if head[0] == 'M' {
		t.order = binary.BigEndian
	}
	at := int64(t.order.Uint32(head[4:]))
	if t.big = t.order.Uint16(head[2:]) == bigVersion; t.big {
		if len(head) < 16 {
			return nil, errCutTIFF
		}
		at = int64(t.order.Uint64(head[8:]))
	}
	if err := t.directory(at); err != nil {
		return nil, err
	}
	return t.grid()
}

// directory reads the tags of the first picture.
func (t *tiff) directory(at int64) error {
	width, size := int64(2), int64(classicEntry)
	if t.big {
		width, size = 8, bigEntry
	}
	b, err := t.bytes(at, width)
	if err != nil {
		return err
	}
	n := int64(t.order.Uint16(b))
	if t.big {
		n = int64(t.order.Uint64(b))
	}
	if n < 1 || n > mostEntries {
		return errCutTIFF
	}
	if b, err = t.bytes(at+width, n*size); err != nil {
		return err
	}
	for i := range n {
		t.entry(b[i*size:(i+1)*size], at+width+i*size)
	}
	return nil
}

// widths are those of the types of values.
var widths = map[int]int64{1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 8: 2, 9: 4, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}

func (t *tiff) entry(b []byte, at int64) {
	e := entry{kind: int(t.order.Uint16(b[2:]))}
	room, value := int64(4), at+8
	e.count = int64(t.order.Uint32(b[4:]))
	if t.big {
		room, value = 8, at+12
		e.count = int64(t.order.Uint64(b[4:]))
	}
	width := widths[e.kind]
	if width == 0 || e.count < 0 || e.count > mostListedValues {
		return
	}
	e.at = value
	if width*e.count > room {
		if e.at = int64(t.order.Uint32(b[8:])); t.big {
			e.at = int64(t.order.Uint64(b[12:]))
		}
	}
	t.tags[int(t.order.Uint16(b))] = e
}

// numbers reads the values of a tag, nil where it is absent.
func (t *tiff) numbers(tag int) ([]float64, error) {
	e, ok := t.tags[tag]
	if !ok {
		return nil, nil
	}
	width := widths[e.kind]
	b, err := t.bytes(e.at, e.count*width)
	if err != nil {
		return nil, err
	}
	out := make([]float64, e.count)
	for i := range out {
		v := b[int64(i)*width:]
		switch e.kind {
		case 3:
			out[i] = float64(t.order.Uint16(v))
		case 4, 13:
			out[i] = float64(t.order.Uint32(v))
		case 8:
			out[i] = float64(int16(t.order.Uint16(v)))
		case 9:
			out[i] = float64(int32(t.order.Uint32(v)))
		case 11:
			out[i] = float64(math.Float32frombits(t.order.Uint32(v)))
		case 12:
			out[i] = math.Float64frombits(t.order.Uint64(v))
		case 16, 17, 18:
			out[i] = float64(int64(t.order.Uint64(v)))
		default:
			out[i] = float64(v[0])
		}
	}
	return out, nil
}

// number is the first value of a tag.
func (t *tiff) number(tag, otherwise int) (int, error) {
	list, err := t.numbers(tag)
	if err != nil || len(list) == 0 {
		return otherwise, err
	}
	if !(math.Abs(list[0]) < 1<<40) {
		return 0, errCutTIFF
	}
	return int(list[0]), nil
}

// layout is how the pixels lie in the file.
type layout struct {
	bits, format, compression, predictor int
	width, height                        int // of a block
	offsets, bytes                       []float64
}

func (t *tiff) grid() (*Grid, error) {
	g := &Grid{}
	var l layout
	bands, tiled := 1, 0
	for _, n := range []struct {
		tag, otherwise int
		to             *int
	}{
		{tagWidth, 0, &g.Width}, {tagHeight, 0, &g.Height}, {tagBands, 1, &bands}, {tagBits, 1, &l.bits}, {tagFormat, formatUnsigned, &l.format},
		{tagCompression, compressionNone, &l.compression}, {tagPredictor, predictorNone, &l.predictor}, {tagTileWidth, 0, &tiled},
	} {
		var err error
		if *n.to, err = t.number(n.tag, n.otherwise); err != nil {
			return nil, err
		}
	}
	if bands != 1 {
		return nil, geo.ErrorOf(geo.Unsupported, "", severalBands, bands)
	}
	if err := t.place(g); err != nil {
		return nil, err
	}
	if err := g.check(); err != nil {
		return nil, err
	}
	if err := t.layOut(g, &l, tiled > 0); err != nil {
		return nil, err
	}
	g.blocks = func(visit func(column, row, width int, values []float64) error) error { return t.blocks(g, &l, visit) }
	return g, nil
}

// layOut finds the blocks: tiles, or strips of whole rows.
func (t *tiff) layOut(g *Grid, l *layout, tiled bool) (err error) {
	offsets, bytes := tagStripOffsets, tagStripBytes
	l.width = g.Width
	if tiled {
		offsets, bytes = tagTileOffsets, tagTileBytes
		if l.width, err = t.number(tagTileWidth, 0); err == nil {
			l.height, err = t.number(tagTileHeight, 0)
		}
	} else {
		l.height, err = t.number(tagRowsPerStrip, g.Height)
		l.height = min(l.height, g.Height)
	}
	if err != nil {
		return err
	}
	whole := l.bits == 8 || l.bits == 16 || l.bits == 32 || l.bits == 64
	if !whole || l.format < formatUnsigned || l.format > formatFloat || l.format == formatFloat && l.bits < 32 {
		return geo.ErrorOf(geo.Unsupported, "", otherNumbers, l.bits, l.format)
	}
	if l.width < 1 || l.height < 1 || int64(l.width)*int64(l.height) > mostBlockBytes/int64(l.bits/8) {
		return geo.ErrorOf(geo.TooLarge, "", largeBlock, l.width, l.height)
	}
	if l.offsets, err = t.numbers(offsets); err != nil {
		return err
	}
	if l.bytes, err = t.numbers(bytes); err != nil {
		return err
	}
	across, down := (g.Width+l.width-1)/l.width, (g.Height+l.height-1)/l.height
	if len(l.offsets) < across*down || len(l.bytes) < across*down {
		return errCutTIFF
	}
	return nil
}

// place finds where the pixels lie, in which system, and what stands for no
// value.
func (t *tiff) place(g *Grid) error {
	scale, err := t.numbers(tagScale)
	if err != nil {
		return err
	}
	tie, err := t.numbers(tagTie)
	if err != nil {
		return err
	}
	matrix, err := t.numbers(tagTransform)
	if err != nil {
		return err
	}
	keys, err := t.numbers(tagGeoKeys)
	if err != nil {
		return err
	}
	switch {
	case len(scale) >= 2 && len(tie) >= 6:
		g.step = [2]float64{scale[0], -scale[1]}
		g.origin = [2]float64{tie[3] - tie[0]*scale[0], tie[4] + tie[1]*scale[1]}
	case len(matrix) >= 8 && matrix[1] == 0 && matrix[4] == 0:
		g.step = [2]float64{matrix[0], matrix[5]}
		g.origin = [2]float64{matrix[3], matrix[7]}
	}
	code := map[int]int{}
	for i := 4; i+3 < len(keys); i += 4 {
		if keys[i+1] == 0 {
			code[int(keys[i])] = int(keys[i+3])
		}
	}
	if code[keyRasterType] != pixelIsPoint { // the corner was given
		g.origin[0] += g.step[0] / 2
		g.origin[1] += g.step[1] / 2
	}
	epsg := code[keyGeographic]
	if code[keyModel] == modelProjected {
		epsg = code[keyProjected]
	}
	g.Placed = epsg != 0
	g.System = func() (crs.System, error) {
		if epsg == 0 {
			return crs.CRS84, nil
		}
		if epsg == userDefinedCode {
			return crs.ParseName("one that the file describes itself")
		}
		return crs.OfEPSG(epsg)
	}
	return t.noData(g)
}

func (t *tiff) noData(g *Grid) error {
	e, ok := t.tags[tagNoData]
	if !ok || e.count > 64 {
		return nil
	}
	b, err := t.bytes(e.at, e.count)
	if err != nil {
		return err
	}
	v, err := strconv.ParseFloat(strings.Trim(string(b), " \x00"), 64)
	if err == nil {
		g.noData, g.hasNoData = v, true
	}
	return nil
}
