package gpkg

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
	"runtime"
	"sync"

	"bivouac/geo"
)

// eachKeys is how many keys are read together. Several such chunks are read at
// once, each by a connection of its own, and handed on in their order.
const eachKeys = 1 << 14

// chunk is the records of some keys that follow each other.
type chunk struct {
	features []geo.Feature
	err      error
}

// each calls take with every record up to the last key, in the order of the
// keys.
func (t *table) each(ctx context.Context, db *sql.DB, last geo.Key, take func(*geo.Feature) error) error {
	ctx, stop := context.WithCancel(ctx)
	n := int(last/eachKeys) + 1
	readers := min(n, runtime.GOMAXPROCS(0), 4)
	done := make([]chan chunk, n)
	for i := range done {
		done[i] = make(chan chunk, 1)
	}
	var working sync.WaitGroup
	// A reader that is ahead waits, so that memory holds a few chunks only.
	ahead := make(chan struct{}, 2*readers)
	for r := range readers {
		working.Go(func() {
			for i := r; i < n; i += readers {
				ahead <- struct{}{}
				first := geo.Key(i) * eachKeys
				done[i] <- t.chunk(ctx, db, first, min(first+eachKeys, last+1))
			}
		})
	}
	defer working.Wait()
	defer stop()
	return hand(done, ahead, take)
}

// hand gives the records on. After an error it still empties what is read, so
// that no reader waits for ever.
func hand(done []chan chunk, ahead chan struct{}, take func(*geo.Feature) error) (err error) {
	for _, next := range done {
		c := <-next
		<-ahead
		if err == nil {
			err = c.err
		}
		for i := 0; i < len(c.features) && err == nil; i++ {
			err = take(&c.features[i])
		}
	}
	return err
}

// chunk reads the records of the keys from..to-1. It asks the driver itself:
// database/sql would look at each value twice.
func (t *table) chunk(ctx context.Context, db *sql.DB, from, to geo.Key) (c chunk) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return chunk{err: err}
	}
	defer conn.Close()
	c.err = conn.Raw(func(raw any) error {
		rows, err := raw.(driver.QueryerContext).QueryContext(ctx, t.read+" WHERE "+keyColumn+">=?1 AND "+keyColumn+"<?2 ORDER BY "+keyColumn,
			[]driver.NamedValue{{Ordinal: 1, Value: int64(from)}, {Ordinal: 2, Value: int64(to)}})
		if err != nil {
			return err
		}
		defer rows.Close()
		c.features, err = t.features(rows, int(to-from))
		return err
	})
	return c
}

// features reads at most so many records.
func (t *table) features(rows driver.Rows, most int) ([]geo.Feature, error) {
	out := make([]geo.Feature, 0, most)
	values := make([]geo.Value, most*len(t.columns)) // of all records, in one piece
	row := make([]driver.Value, len(rows.Columns()))
	for {
		if err := rows.Next(row); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		n := len(t.columns)
		f, err := t.feature(row, values[:n:n])
		if err != nil {
			return nil, err
		}
		values = values[n:]
		out = append(out, f)
	}
}
