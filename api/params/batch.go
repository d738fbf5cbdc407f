package params

import (
	"encoding/json"
	"fmt"
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// Batch is what a request to make many changes together asks.
type Batch struct {
	Reason  string
	Changes []Change
}

// Change is one of them. Its feature is read when its collection is known.
type Change struct {
	Op         string // add, replace, update or remove
	Collection string
	Key        geo.Key // 0 for add
	Condition  Condition
	CRS        crs.System // of the feature's shape
	Feature    []byte
}

type batchBody struct {
	Reason  string       `json:"reason"`
	Changes []changeBody `json:"changes"`
}

type changeBody struct {
	Op         string          `json:"op"`
	Collection string          `json:"collection"`
	Key        *geo.Key        `json:"key"`
	IfMatch    string          `json:"ifMatch"`
	Feature    json.RawMessage `json:"feature"`
}

const batchForm = `{"reason":"...","changes":[{"op":"add|replace|update|remove","collection":"...","key":1,"ifMatch":"...","feature":{...}}]}`

// ParseBatch reads the body of a request to make many changes. Two changes of
// one record are refused: which of the two is meant to be first is nowhere
// said, and one change can say both.
func ParseBatch(body []byte) (Batch, error) {
	var asked batchBody
	if err := decodeStrictly(body, &asked, batchForm); err != nil {
		return Batch{}, err
	}
	if len(asked.Changes) == 0 {
		return Batch{}, geo.Errorf(geo.Invalid, "changes", "there is no change in it; send %s", batchForm)
	}
	reason, err := CheckReason("reason", asked.Reason)
	if err != nil {
		return Batch{}, err
	}
	b := Batch{Reason: reason, Changes: make([]Change, len(asked.Changes))}
	seen := map[string]int{}
	for i := range asked.Changes {
		if b.Changes[i], err = asked.Changes[i].read(); err != nil {
			return b, InChange(i, err)
		}
		if first, twice := b.Changes[i].seen(seen, i); twice {
			return b, InChange(i, geo.Errorf(geo.Invalid, "key", "changes[%d] changes this record too; say both in one change", first))
		}
	}
	return b, nil
}

// In says which reference system the shapes of all changes are in.
func (b *Batch) In(s crs.System) {
	for i := range b.Changes {
		b.Changes[i].CRS = s
	}
}

// InChange says which change of a Batch an error is about.
func InChange(i int, err error) error {
	e, ok := err.(*geo.Error)
	if !ok {
		return err
	}
	named := *e
	named.Where = strings.TrimSuffix(fmt.Sprintf("changes[%d].%s", i, e.Where), ".")
	return &named
}

// seen notes the record and reports whether an earlier change is of it.
func (c *Change) seen(records map[string]int, i int) (first int, twice bool) {
	if c.Key == 0 {
		return 0, false
	}
	record := fmt.Sprint(c.Collection, " ", c.Key)
	first, twice = records[record]
	if !twice {
		records[record] = i
	}
	return first, twice
}

func (c *changeBody) read() (Change, error) {
	out := Change{Op: c.Op, Collection: c.Collection, Feature: c.Feature}
	adds, removes := c.Op == "add", c.Op == "remove"
	switch {
	case !adds && !removes && c.Op != "replace" && c.Op != "update":
		return out, geo.Errorf(geo.Invalid, "op", "must be add, replace, update or remove, not %q", clip(c.Op))
	case c.Collection == "":
		return out, geo.Errorf(geo.Invalid, "collection", "is missing; name the collection of the record")
	case adds && c.Key != nil:
		return out, geo.Errorf(geo.Invalid, "key", "the store gives the key of a record that is added; leave it out")
	case adds && c.IfMatch != "":
		return out, geo.Errorf(geo.Invalid, "ifMatch", "there is nothing yet that it could match; leave it out")
	case !adds && (c.Key == nil || *c.Key < 1):
		return out, geo.Errorf(geo.Invalid, "key", "must be the key of the record, a whole number from 1")
	case removes && c.Feature != nil:
		return out, geo.Errorf(geo.Invalid, "feature", "a record that is removed needs none; leave it out")
	case !removes && c.Feature == nil:
		return out, geo.Errorf(geo.Invalid, "feature", "is missing; say what the record is to hold")
	}
	if !adds {
		out.Key = *c.Key
	}
	var err error
	if out.Condition, err = ParseIfMatch(c.IfMatch); err != nil {
		err.(*geo.Error).Where = "ifMatch"
	}
	return out, err
}

// ParseUndo reads the body of a request to undo, which may be empty.
func ParseUndo(body []byte) (reason string, err error) {
	var asked struct {
		Reason string `json:"reason"`
	}
	if len(body) == 0 {
		return "", nil
	}
	if err := decodeStrictly(body, &asked, `{"reason":"..."}`); err != nil {
		return "", err
	}
	return CheckReason("reason", asked.Reason)
}
