package intake

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bivouac/data/load"
	"bivouac/geo"
	"bivouac/geo/staging"
)

// Adopt has a file read where it lies, which stays open until that is done or
// the Imports are closed. Base is how it is read beside the options, as its Parts
// tell. The same file by the same options is the same
// import: one that was staged before, and whose collection has not changed
// since, is found again, so that a program that was killed need not read the
// file anew.
func (s *Imports) Adopt(ctx context.Context, owner geo.Asker, d *load.Dataset, o staging.Options, base load.Options) (i staging.Import, again bool, err error) {
	if err := s.checkOptions(&o, owner); err != nil {
		return i, false, err
	}
	path := d.Path()
	info, err := os.Stat(path)
	if err != nil {
		return i, false, geo.ErrorOf(geo.NotFound, path, unopened, err)
	}
	sum, err := sumOf(ctx, path)
	if err != nil {
		return i, false, geo.ErrorOf(geo.Unavailable, path, unread, err)
	}
	if path, err = filepath.Abs(path); err != nil {
		return i, false, err
	}
	id, err := idOf(sum, &o, base.Collection)
	if err != nil {
		return i, false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := slices.IndexFunc(s.list, func(x *item) bool { return x.ID == id && owner.Sees(x.Owner) }); at >= 0 {
		if x := s.list[at]; s.holds(x) {
			s.touch(x)
			return x.told(), true, nil
		}
		if err := s.drop(s.list[at]); err != nil {
			return i, false, err
		}
	}
	now := s.now()
	x := &item{source: path, sum: sum, opened: d, base: &base, Import: staging.Import{
		ID: id, Owner: owner, Name: filepath.Base(path), Size: info.Size(), Received: info.Size(), Created: now, Options: o,
	}}
	if err := os.MkdirAll(s.folder(x), 0o700); err != nil {
		return i, false, onDisk(err)
	}
	s.list = append(s.list, x)
	s.start(x)
	return x.told(), false, s.keep(x)
}

// holds reports whether a comparison is still right. s.mu is held.
func (s *Imports) holds(x *item) bool {
	if x.State != staging.Staged {
		return false
	}
	l, err := s.store.Snapshot().Layer(x.schema.Name)
	if err != nil {
		return x.seen == 0
	}
	return l.Changed(x.Owner.Reader) == x.seen
}

// idOf names the import of a file by its content and options.
func idOf(sum string, o *staging.Options, collection string) (string, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return "", err
	}
	h := sha256.Sum256([]byte(sum + "\x00" + string(text) + "\x00" + collection))
	return strings.ToLower(base32.StdEncoding.EncodeToString(h[:])[:26]), nil
}
