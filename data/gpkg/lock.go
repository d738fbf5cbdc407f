package gpkg

import (
	"os"

	"bivouac/geo"
)

// fileLock keeps a second Bivouac from writing to a store: its memory would
// not know what the first one writes. SQLite's own locks let both in, one
// after the other.
type fileLock struct{ file *os.File }

// lockSuffix names the file beside a store that is locked while it is open. It
// is left where it is: to remove it could let two in.
const lockSuffix = ".lock"

func lockStore(path string) (*fileLock, error) {
	file, err := os.OpenFile(path+lockSuffix, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, wrap(geo.Forbidden, path, "the store cannot be locked, since its folder is read only or another user's; give this user the right to write there", err)
	}
	locked, err := lockFile(file)
	if err == nil && locked {
		return &fileLock{file}, nil
	}
	file.Close()
	return nil, wrap(geo.Conflict, path, "another Bivouac has this store open; stop it first, or ask it over HTTP", err)
}

func (l *fileLock) release() {
	if l != nil {
		l.file.Close()
	}
}
