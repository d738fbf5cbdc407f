// Package web answers "what does the browser load?": it carries the built map page inside the binary.
//
// The page is built by `npm run build` into dist, which is not tracked; a bare clone holds an empty dist, compiles,
// and reports Built() == false.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// Dist is the built page: index.html, assets and base map, each text file beside its .gz and .br.
func Dist() fs.FS {
	dist, err := fs.Sub(files, "dist")
	if err != nil { // cannot happen: the embed directive above would not compile without the folder
		return files
	}
	return dist
}

// Built says whether the page was built before this binary was.
func Built() bool {
	_, err := fs.Stat(Dist(), "index.html")
	return err == nil
}
