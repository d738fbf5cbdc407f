package gpkg

import (
	"context"
	"database/sql"
	"math"
	"strings"

	"bivouac/geo"
	"bivouac/geo/alert"
)

// unseen is true of what must not go unseen, and nobody has seen to.
var unseen = "(acknowledged=0 AND severity IN ('" + strings.Join(alert.Grave(), "','") + "'))"

// PruneAlerts lets go of what was committed before the time and of what is more
// than the number, 0 for any, with all that is to be told of it.
func (f *File) PruneAlerts(before geo.Time, most int) (gone alert.Pruned, err error) {
	if most == 0 {
		most = math.MaxInt32
	}
	err = f.write(func(w *writer) error {
		gone = alert.Pruned{}
		var n int
		if err := w.row("SELECT count(*) FROM bivouac_alert WHERE at<? AND NOT "+unseen, []any{int64(before)}, &n); err != nil {
			return err
		}
		w.exec("DELETE FROM bivouac_alert WHERE at<? AND NOT "+unseen, int64(before))
		gone.Count = n
		if err := w.row("SELECT count(*) FROM bivouac_alert", nil, &n); err != nil {
			return err
		}
		if err := w.pruneOldest(max(0, n-most), &gone); err != nil {
			return err
		}
		if gone.Count > 0 {
			w.exec("DELETE FROM bivouac_delivery WHERE alert NOT IN (SELECT name FROM bivouac_alert)")
		}
		return w.err
	})
	return gone, err
}

// pruneOldest lets go of so many, what must not go unseen last.
func (w *writer) pruneOldest(n int, gone *alert.Pruned) error {
	if n == 0 || w.err != nil {
		return w.err
	}
	oldest := "(SELECT id FROM bivouac_alert ORDER BY " + unseen + ", version, id LIMIT ?)"
	for one, err := range ask(context.Background(), w.file.conn, scanName, "SELECT name FROM bivouac_alert WHERE "+unseen+" AND id IN "+oldest, n) {
		if err != nil {
			return err
		}
		gone.Unseen = append(gone.Unseen, one)
	}
	w.exec("DELETE FROM bivouac_alert WHERE id IN "+oldest, n)
	gone.Count += n
	return w.err
}

func scanName(r *sql.Rows, name *string) error { return r.Scan(name) }
