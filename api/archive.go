package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/pmtiles"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/tile"
)

// archiveFormat is the export that holds tiles, not records.
var archiveFormat = ogc.Format{ID: "pmtiles", Title: "Vector tiles as one archive (PMTiles)", Media: "application/vnd.pmtiles", Extension: ".pmtiles"}

// archiveZoom is the deepest zoom of an archive: a unit of its tiles is 2.4 m on
// the equator, which shows a base as well as its camp. Readers draw deeper zooms
// from it.
const archiveZoom = 12

// archiveTiles is how many tiles of one zoom are looked at: of an area as large
// as a continent the deepest zooms are left out.
const archiveTiles = 80_000

// archive answers all tiles of a question in one file, which is made whole
// before its first byte and can be read by ranges.
func (s *Server) archive(c echo.Context) error {
	r, v := c.Request(), visitOf(c)
	snap, l, err := s.layerOf(c)
	if err != nil {
		return err
	}
	q, err := params.ParseTile(r.URL.RawQuery, l.Schema(), s.readerOf(c), archiveFormat.ID)
	if err != nil {
		return err
	}
	moment := snap.Changed(q.Select.Reader, l)
	v.version = moment.Version
	tag := tileTag(snap, l, moment, &q, archiveFormat.ID, s.config.Build)
	if v.fresh(r, archiveFormat.Media, tag) {
		return nil
	}
	matched, err := l.Count(watched(c), q.Select)
	if err != nil {
		return err
	}
	v.export(matched)
	extent, err := s.extentOf(c, l)
	if err != nil {
		return err
	}
	a, err := s.archives.get(r.Context(), tag, func() (*os.File, error) {
		return makeArchive(r.Context(), l, q.Query, func(deepest uint32) pmtiles.About {
			about := ogc.NewTileMetadata(l.Schema(), &q, extent, s.config.Attribution, deepest)
			return pmtiles.About{MaxZoom: uint8(deepest), Bounds: extent.Box, Metadata: archiveMetadata(&about, v.tally.Highest)}
		})
	})
	if err != nil {
		return err
	}
	defer s.archives.done(a)
	e := exported{layer: l, format: Format{Format: archiveFormat}, head: FileHead{Highest: v.tally.Highest}}
	v.Header().Set("Content-Disposition", `attachment; filename="`+e.fileName()+`"`)
	info, err := a.file.Stat()
	if err != nil {
		return err
	}
	http.ServeContent(&patient{visit: v, control: http.NewResponseController(v), stall: s.config.Stall}, r, "", time.Time{}, io.NewSectionReader(a.file, 0, info.Size()))
	return nil
}

// archiveMetadata is what PMTiles wants to know of vector tiles, and how high
// they are classified, since a file outlives its headers.
func archiveMetadata(about *ogc.TileMetadata, highest geo.Class) []byte {
	var inner map[string]json.RawMessage
	if err := json.Unmarshal([]byte(about.JSON), &inner); err != nil {
		panic("api: " + err.Error()) // it was encoded just before
	}
	return appendJSON(nil, map[string]any{
		"name": about.Name, "description": about.Description, "attribution": about.Attribution, "type": about.Type,
		"classification": highest.String(), "vector_layers": inner["vector_layers"],
	})
}

// patient is a response whose reader must take each piece in time.
type patient struct {
	*visit
	control *http.ResponseController
	stall   time.Duration
}

func (w *patient) Write(p []byte) (int, error) {
	_ = w.control.SetWriteDeadline(time.Now().Add(w.stall)) // a writer that knows no deadlines, as in tests, is none the worse
	return w.visit.Write(p)
}

// makeArchive writes the tiles of a question to a temporary file that only this
// process can read.
func makeArchive(ctx context.Context, l *layer.Layer, q tile.Query, about func(deepest uint32) pmtiles.About) (*os.File, error) {
	tiles, err := temporary()
	if err != nil {
		return nil, err
	}
	defer discard(tiles)
	w := pmtiles.NewWriter(tiles)
	deepest, err := walkTiles(ctx, l, q, w)
	if err != nil {
		return nil, err
	}
	if _, err := tiles.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	out, err := temporary()
	if err != nil {
		return nil, err
	}
	if err := w.WriteTo(out, tiles, about(deepest)); err != nil {
		discard(out)
		return nil, err
	}
	return out, nil
}

// walkTiles adds the tiles zoom by zoom, and looks under a tile only where
// something stands. The tiles under the nth of a zoom are 4n to 4n+3, so each
// zoom comes in the order of its IDs. It returns the deepest zoom, all of which
// is there.
func walkTiles(ctx context.Context, l *layer.Layer, q tile.Query, w *pmtiles.Writer) (deepest uint32, err error) {
	walk := tileWalk{maker: makers.Get().(*tile.Maker), layer: l, query: q, to: w}
	defer makers.Put(walk.maker)
	above := []uint64{0}
	for z := uint32(0); z <= archiveZoom && len(above) > 0 && len(above) <= archiveTiles; z++ {
		var here []uint64
		deepest = z
		for _, n := range above {
			stands, err := walk.add(ctx, z, n)
			if err != nil {
				return 0, err
			}
			if stands {
				here = append(here, 4*n, 4*n+1, 4*n+2, 4*n+3)
			}
		}
		above = here
	}
	return deepest, nil
}

type tileWalk struct {
	maker *tile.Maker
	layer *layer.Layer
	query tile.Query
	to    *pmtiles.Writer
	b     []byte
}

// add adds the nth tile of a zoom, and reports whether there may be any under
// it: a line or an area can be too small for a tile and show in the next.
func (w *tileWalk) add(ctx context.Context, z uint32, n uint64) (stands bool, err error) {
	x, y := pmtiles.At(z, n)
	address := tile.Address{Z: z, X: x, Y: y}
	if w.b, err = w.maker.Append(ctx, w.b[:0], w.layer, address, w.query); err != nil {
		return false, err
	}
	if err := w.to.Add(pmtiles.First(z)+n, w.b); err != nil {
		return false, err
	}
	if len(w.b) > 0 || w.layer.Schema().Geometry == geo.PointGeometry {
		return len(w.b) > 0, nil
	}
	return w.maker.Stands(ctx, w.layer, address, w.query)
}

// temporary makes a file that has no name any more, or loses it when discarded
// where the system keeps names of open files.
func temporary() (*os.File, error) {
	f, err := os.CreateTemp("", "bivouac-*.pmtiles")
	if err != nil {
		return nil, geo.Errorf(geo.Unavailable, "", "there is no room for the tiles on this machine's disk: %v", err)
	}
	_ = os.Remove(f.Name()) // Windows keeps it until discard
	return f, nil
}

func discard(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name()) // gone already on most systems
}

// archives keeps the last archives, so that a client that reads one by ranges
// does not have it made for each.
type archives struct {
	mu   sync.Mutex
	list []*archive // the last used first
}

type archive struct {
	tag   string
	once  sync.Once
	file  *os.File
	err   error
	users int
	old   bool // no longer kept: the last user discards it
}

// keptArchives is how many of them stay.
const keptArchives = 4

// get returns the archive of the tag, made by the first who asks, or by the next
// where that one goes away. done must follow.
func (k *archives) get(ctx context.Context, tag string, build func() (*os.File, error)) (*archive, error) {
	for {
		a, first := k.take(tag), false
		a.once.Do(func() {
			first = true
			a.file, a.err = build()
		})
		if a.err == nil {
			return a, nil
		}
		k.drop(a)
		k.done(a)
		if first || ctx.Err() != nil {
			return nil, a.err
		}
	}
}

// close discards what is kept: a system that keeps names of open files would
// keep the records, too.
func (k *archives) close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for len(k.list) > 0 {
		k.forget(0)
	}
}

func (k *archives) take(tag string) *archive {
	k.mu.Lock()
	defer k.mu.Unlock()
	a := &archive{tag: tag}
	for i, known := range k.list {
		if known.tag == tag {
			a = known
			k.list = append(k.list[:i], k.list[i+1:]...)
			break
		}
	}
	a.users++
	k.list = append([]*archive{a}, k.list...)
	for len(k.list) > keptArchives {
		k.forget(len(k.list) - 1)
	}
	return a
}

// drop forgets an archive that could not be made: the next one tries again.
func (k *archives) drop(a *archive) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, known := range k.list {
		if known == a {
			k.forget(i)
			return
		}
	}
}

// forget takes one out of the list. k.mu is held.
func (k *archives) forget(i int) {
	a := k.list[i]
	k.list = append(k.list[:i], k.list[i+1:]...)
	a.old = true
	if a.users == 0 && a.file != nil {
		discard(a.file)
	}
}

func (k *archives) done(a *archive) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a.users--
	if a.users == 0 && a.old && a.file != nil {
		discard(a.file)
	}
}
