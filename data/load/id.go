package load

import "strings"

// CollectionID makes a collection id of the name of a file or a table:
// lower-case letters, digits and underscores, without the endings, a letter
// first.
func CollectionID(name string) string {
	if i := strings.IndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || b.Len() > 0 && r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() == 60 {
			break
		}
	}
	if id := strings.TrimRight(b.String(), "_"); id != "" {
		return id
	}
	return "data"
}
