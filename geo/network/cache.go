package network

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync"
)

// Cache keeps the graphs under conditions that were asked for last. It stands
// outside every snapshot, and never holds an answer back for who may not have
// it: the reader is one of the conditions.
type Cache struct {
	mu   sync.Mutex
	kept []*kept // the last asked for last
	most int
}

type kept struct {
	graph  *Graph
	key    string
	once   sync.Once
	travel *Travel
}

// NewCache returns a Cache of so many graphs under conditions.
func NewCache(most int) *Cache { return &Cache{most: max(1, most)} }

// Travel returns the graph under the conditions. Those who ask for the same at
// once wait for the one that makes it. A nil Cache keeps nothing.
func (c *Cache) Travel(ctx context.Context, g *Graph, cond Conditions) (*Travel, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	key, ok := cond.key()
	if c == nil || !ok {
		t := g.Travel(cond)
		t.metricOf(ctx)
		return t, ctx.Err()
	}
	k := c.find(g, key)
	k.once.Do(func() { k.travel = g.Travel(cond) })
	k.travel.metricOf(ctx)
	return k.travel, ctx.Err()
}

func (c *Cache) find(g *Graph, key string) *kept {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.kept, func(k *kept) bool { return k.graph == g && k.key == key })
	var k *kept
	if i >= 0 {
		k = c.kept[i]
		c.kept = slices.Delete(c.kept, i, i+1)
	} else {
		k = &kept{graph: g, key: key}
	}
	c.kept = append(c.kept, k)
	if len(c.kept) > c.most {
		c.kept = slices.Delete(c.kept, 0, len(c.kept)-c.most)
	}
	return k
}

// key returns what tells the conditions apart; false where nothing does.
func (c *Conditions) key() (string, bool) {
	if c.Avoid != nil && c.Avoided == "" || c.Opened != nil {
		return "", false
	}
	profile, err := json.Marshal(c.Profile)
	if err != nil {
		return "", false
	}
	reader, err := json.Marshal(c.Reader)
	if err != nil {
		return "", false
	}
	month := c.Month
	if c.Wet {
		month = 13
	}
	return string(profile) + string(reader) + strconv.Itoa(month) + c.Avoided, true
}
