package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Worlds keeps the worlds of scenarios that were asked for last. It stands
// outside every snapshot; the reader is part of what a world is found by.
type Worlds struct {
	mu   sync.Mutex
	kept []*kept // the last asked for last
	most int
}

type kept struct {
	base *layer.Snapshot
	key  string
	once sync.Once
	made *Outcome
	err  error
}

// NewWorlds returns a Worlds of so many.
func NewWorlds(most int) *Worlds { return &Worlds{most: max(1, most)} }

// Of returns the world in which the scenario has happened as of its date: see
// [Apply]. A nil Worlds keeps nothing.
func (w *Worlds) Of(ctx context.Context, base *layer.Snapshot, s *Scenario, reader geo.Reader) (*Outcome, error) {
	made, err := w.of(ctx, base, s, reader)
	if err != nil {
		return nil, err
	}
	made.See(ctx)
	return made, nil
}

func (w *Worlds) of(ctx context.Context, base *layer.Snapshot, s *Scenario, reader geo.Reader) (*Outcome, error) {
	who, err := json.Marshal(reader)
	if w == nil || err != nil {
		return Apply(ctx, base, s, s.Date, reader)
	}
	k := w.find(base, fmt.Sprintf("%s %v %s", who, s.Date, s.key))
	// Who gives up must not leave others without: what is made is made.
	k.once.Do(func() { k.made, k.err = Apply(context.WithoutCancel(ctx), base, s, s.Date, reader) })
	return k.made, k.err
}

func (w *Worlds) find(base *layer.Snapshot, key string) *kept {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.IndexFunc(w.kept, func(k *kept) bool { return k.base == base && k.key == key })
	k := &kept{base: base, key: key}
	if i >= 0 {
		k = w.kept[i]
		w.kept = slices.Delete(w.kept, i, i+1)
	}
	w.kept = append(w.kept, k)
	if len(w.kept) > w.most {
		w.kept = slices.Delete(w.kept, 0, len(w.kept)-w.most)
	}
	return k
}
