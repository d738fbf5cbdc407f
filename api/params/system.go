package params

import (
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// ParseSystem reads a parameter that names a reference system. One that no
// collection can have is an error; [CheckListed] asks for those of this one.
func ParseSystem(parameter, name string) (crs.System, error) {
	s, known := crs.ParseSystem(name)
	if !known {
		return s, geo.Errorf(geo.Invalid, parameter, "must be the address of a reference system: %s, or %s and the like of a UTM zone that the collection lists under crs; not %q",
			addresses(crs.WorldSystems()), crs.System(32630).URI(), clip(name))
	}
	return s, nil
}

// ParseContentCRS reads the Content-Crs header, CRS84 where there is none. The
// standard wants the address in angle brackets; QGIS sends it without.
func ParseContentCRS(header string) (crs.System, error) {
	name := strings.TrimSpace(header)
	if inner, ok := strings.CutPrefix(name, "<"); ok && strings.HasSuffix(inner, ">") {
		name = strings.TrimSuffix(inner, ">")
	}
	if header == "" {
		return crs.CRS84, nil
	}
	return ParseSystem(ContentCRS, name)
}

// ContentCRS is the header of the reference system of a body.
const ContentCRS = "Content-Crs"

// CheckListed refuses a system that is not among those of the collection.
func CheckListed(parameter string, s crs.System, listed []crs.System) error {
	if slices.Contains(listed, s) {
		return nil
	}
	return geo.Errorf(geo.Invalid, parameter, "%s is not among the reference systems of this collection: %s", s.URI(), addresses(listed))
}

func addresses(list []crs.System) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.URI()
	}
	return strings.Join(out, ", ")
}
