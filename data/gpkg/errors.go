package gpkg

import (
	"errors"
	"os"
	"strings"

	"modernc.org/sqlite"

	"bivouac/geo"
)

// Result codes of SQLite.
const (
	codeError    = 1
	codeBusy     = 5
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26
)

// codeOf returns SQLite's primary result code, 0 for any other error.
func codeOf(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// unsure reports whether after the error nobody knows what the file holds.
func unsure(err error) bool {
	code := codeOf(err)
	return code == codeIO || code == codeCorrupt || code == codeNotADB
}

func noTransaction(err error) bool {
	return codeOf(err) == codeError && strings.Contains(err.Error(), "no transaction is active")
}

// explain turns an error of SQLite or the system into one for people.
func explain(path string, err error) error {
	var e *geo.Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	if errors.Is(err, os.ErrNotExist) {
		return wrap(geo.NotFound, path, "there is no such file", err)
	}
	switch codeOf(err) {
	case codeFull:
		return wrap(geo.Unavailable, path, "the disk is full, and the change was not made; free some space and send it again", err)
	case codeReadOnly:
		return wrap(geo.Forbidden, path, "the file cannot be written: it or its folder is read only, or another user's; give this user the right to write, or serve it with another --store", err)
	case codeBusy:
		return wrap(geo.Unavailable, path, "another program holds the file; close it there and try again", err)
	case codeCantOpen:
		return wrap(geo.Unavailable, path, "the file cannot be opened; look at its path and rights", err)
	case codeCorrupt, codeNotADB:
		return wrap(geo.Invalid, path, "this is no GeoPackage, or it is damaged; run bivouac check on it, and open the last backup", err)
	case codeIO:
		return wrap(geo.Unavailable, path, "the disk could not be read or written; see to the disk", err)
	}
	return wrap(geo.Internal, path, "the store failed", err)
}

func wrap(code geo.Code, path, text string, cause error) error {
	return &geo.Error{Code: code, Where: path, Text: text, Cause: cause}
}
