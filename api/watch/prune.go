package watch

import "time"

// pruneEach is how often what is beyond the bound is let go.
const pruneEach = time.Hour

// prune holds what is kept to its bound, at once and again each hour.
func (w *Watch) prune() {
	look := time.NewTicker(pruneEach)
	defer look.Stop()
	for w.retry("alerts cannot be pruned", w.pruneOnce) {
		select {
		case <-w.all.Done():
			return
		case <-look.C:
		}
	}
}

func (w *Watch) pruneOnce() error {
	before := w.Now() - w.Keep.Age
	if w.Keep.Age == 0 {
		before = 0
	}
	gone, err := w.Keeper.PruneAlerts(before, w.Keep.Most)
	if err == nil && gone.Count > 0 {
		w.Pruned(gone)
	}
	return err
}
