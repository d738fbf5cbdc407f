package load

import "bivouac/geo"

// group is values that look alike.
type group int

const (
	numbers group = iota
	times
	bools
	texts
	codes // digits that are no number: with a zero in front, or too many
	groups
)

// notIn says how many values are of no such group, and which is the first.
var notIn = [...]geo.Sentence{numbers: notNumbers, times: notTimes, bools: notBools, texts: "", codes: ""}

// seen is how many values of a group a column has, and the first of them.
type seen struct {
	n    int
	file string
	row  int
	text string
}

// countIn counts a value in its group.
func (c *column) countIn(s sight, v *cell, from *member, row int) {
	g := texts
	switch {
	case s&(sawInt|sawFloat) != 0:
		g = numbers
	case s&(sawDay|sawTime) != 0:
		g = times
	case s == sawBool:
		g = bools
	case s != sawText:
		return
	case onlyDigits(v.text):
		g = codes
	}
	if c.seen[g].n++; c.seen[g].n == 1 {
		c.seen[g] = seen{1, from.name, row, v.written()}
	}
}

// manyTexts without anything else make a column one of texts beyond doubt.
const manyTexts = 1000

// plain reports whether the column is such a one: its values need no look.
func (c *column) plain() bool {
	return c.seen[texts].n >= manyTexts && c.seen[texts].n == c.count
}

func onlyDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

// doubt says where most values of a column are numbers, times or bools and the
// others make it one of texts: they may be slips. nil is no doubt; of codes, which
// are digits by chance, there is none.
func (c *column) doubt() *geo.Said {
	if kind, _ := c.kind(); kind != geo.KindString || c.seen[codes].n > 0 {
		return nil
	}
	total, most := 0, numbers
	for g := numbers; g < codes; g++ {
		if total += c.seen[g].n; c.seen[g].n > c.seen[most].n {
			most = g
		}
	}
	odd := total - c.seen[most].n
	if most == texts || odd == 0 || odd >= c.seen[most].n {
		return nil
	}
	var first *seen
	for g := numbers; g < codes; g++ {
		if s := &c.seen[g]; g != most && s.n > 0 && (first == nil || s.file == first.file && s.row < first.row) {
			first = s
		}
	}
	return told(notIn[most], c.name, odd, total, first.row, first.file, quoted(first.text, 60))
}

// doubtsOf gathers those of the fields that were inferred. Ids are texts whatever
// they look like.
func (f *File) doubtsOf(inferred, stored *geo.Schema) (list []geo.Said) {
	for i := range inferred.Fields {
		field := &inferred.Fields[i]
		c := find(f.columns, field.Name)
		if c < 0 || field.Role == geo.SourceIDRole || stored.Field(field.Name) >= 0 {
			continue
		}
		if said := f.columns[c].doubt(); said != nil {
			list = append(list, *said)
		}
	}
	return list
}
