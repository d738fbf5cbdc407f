package record

import (
	"fmt"
	"strings"

	"bivouac/geo"
)

const mostColumns = 20_000

// Columns are found as the records are read.
type Columns struct {
	List  []Column
	known map[string]int
	taken map[string]bool
}

// Of returns the place of the column that source, any text, stands for; a new
// one of the kind and the name, or one like it where that is taken.
func (c *Columns) Of(source, name string, kind geo.Kind) int {
	if at, ok := c.known[source]; ok {
		return at
	}
	if len(c.List) > mostColumns { // whoever reads the columns refuses so many
		return mostColumns
	}
	if c.known == nil {
		c.known, c.taken = map[string]int{}, map[string]bool{}
	}
	if name = strings.TrimSpace(name); name == "" {
		name = fmt.Sprintf("column_%d", len(c.List)+1)
	}
	given := name
	for n := 2; c.taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s_%d", given, n)
	}
	c.taken[strings.ToLower(name)] = true
	c.known[source] = len(c.List)
	c.List = append(c.List, Column{Name: name, Kind: kind})
	return len(c.List) - 1
}

// Set gives the record the text in the column, nothing where there is none.
func (c *Columns) Set(to *Record, name, text string, kind geo.Kind) {
	if text != "" {
		to.Set(c.Of(name, name, kind), geo.String(text))
	}
}

// In returns the place of the column that plays a role.
func (c *Columns) In(name string, role geo.Role) int {
	at := c.Of(name, name, geo.KindNull)
	c.List[at].Role = role
	return at
}
