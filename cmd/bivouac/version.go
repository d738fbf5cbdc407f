package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCmd struct{}

// Run prints the version, the revision that it was built from, and for what.
func (versionCmd) Run(c console) error {
	_, err := fmt.Fprintf(c.out, "bivouac %s %s/%s %s\n", build(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}

// build names this program's source as the toolchain recorded it. It goes
// into every ETag, since another program may answer otherwise.
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version, revision, modified := info.Main.Version, "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			revision = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = "+changes"
		}
	}
	if version == "" || version == "(devel)" {
		version = "development"
	}
	if revision == "" {
		return version
	}
	return version + " " + revision + modified
}
