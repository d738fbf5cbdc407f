package load

// words keeps the short texts met before, so that codes and names are held
// once. It starts anew when it is full.
type words struct{ seen map[string]string }

const (
	wordsKept = 1 << 15
	wordBytes = 40
)

func (w *words) of(b []byte) string {
	if len(b) > wordBytes {
		return string(b)
	}
	if s, ok := w.seen[string(b)]; ok {
		return s
	}
	if w.seen == nil || len(w.seen) == wordsKept {
		w.seen = make(map[string]string, 1024)
	}
	s := string(b)
	w.seen[s] = s
	return s
}
