package filter

import (
	"strings"

	"bivouac/geo"
)

// Expr is a filter as it was written: a tree in which names are not looked up
// and kinds are not held against each other yet. The parsers of text and of
// JSON build the same tree, and it prints as either.
type Expr struct {
	at      int // the byte at which it begins
	form    form
	name    string      // of a property; of a call the operator or function as CQL2 JSON spells it
	literal literal     // of a literal
	args    []*Expr     // of a call, a list and an interval
	shape   coordinates // of a shape
}

// form says what an Expr is.
type form uint8

const (
	aLiteral form = iota
	aProperty
	aCall
	aList
	anInterval // of two ends: moments, properties, calls, or the text ..
	aShape     // name is its GeoJSON type, or bbox
)

// coordinates are those of a shape: numbers of one position, or parts.
type coordinates struct {
	at      int
	name    string // the type of a part of a collection
	numbers []float64
	parts   []coordinates
}

// openEnd stands for an end that an interval does not have.
const openEnd = ".."

// arity is how many arguments a call of the standard takes.
type arity struct {
	name        string // as CQL2 JSON spells it
	least, most int
}

const anyNumber = 1 << 20

// standard are the calls of the standard by their names in lower case.
var standard = func() map[string]arity {
	out := map[string]arity{}
	add := func(least, most int, names ...string) {
		for _, n := range names {
			out[strings.ToLower(n)] = arity{n, least, most}
		}
	}
	add(2, anyNumber, "and", "or")
	add(1, 1, "not", "isNull", "casei", "accenti")
	add(2, 2, "=", "<>", "<", "<=", ">", ">=", "like", "in", "+", "-", "*", "/", "%", "div", "^")
	add(3, 3, "between")
	add(2, 2, "s_intersects", "s_equals", "s_disjoint", "s_touches", "s_within", "s_overlaps", "s_crosses", "s_contains")
	add(2, 2, "t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedBy", "t_finishes",
		"t_intersects", "t_meets", "t_metBy", "t_overlappedBy", "t_overlaps", "t_startedBy", "t_starts")
	add(2, 2, "a_equals", "a_contains", "a_containedBy", "a_overlaps")
	return out
}()

// call builds an operator or a function with its arguments. What the standard
// names is taken in any case; its number of arguments is checked here.
func (r *reading) call(at int, name string, args ...*Expr) (*Expr, error) {
	if a, ok := standard[strings.ToLower(name)]; ok {
		name = a.name
		if len(args) < a.least || len(args) > a.most {
			return nil, r.wrong(at, "%s takes %s, not %d", name, a.words(), len(args))
		}
	} else if !isPlainName(name) {
		return nil, r.wrong(at, "%.40q is no name of a function", name)
	}
	if name == "in" && args[1].form != aList {
		return nil, r.wrong(args[1].at, "in takes a list of values")
	}
	return &Expr{at: at, form: aCall, name: name, args: args}, nil
}

func (a arity) words() string {
	switch {
	case a.most == anyNumber:
		return "two arguments or more"
	case a.least == 1:
		return "one argument"
	}
	return itoa(a.least) + " arguments"
}

// moment builds DATE or TIMESTAMP.
func (r *reading) moment(at int, day bool, s string) (*Expr, error) {
	l, ok := parseMoment(s)
	if !ok || l.day != day {
		return nil, r.wrong(at, "expected %s in single quotes", momentForm(day))
	}
	return &Expr{at: at, literal: l}, nil
}

// interval builds an interval. An end that is a text is a day, a time or
// openEnd.
func (r *reading) interval(at int, ends []*Expr) (*Expr, error) {
	if len(ends) != 2 {
		return nil, r.wrong(at, "an interval takes 2 ends, not %d", len(ends))
	}
	for _, e := range ends {
		if e.form != aLiteral || e.isOpen() || e.literal.value.Kind() == geo.KindTime {
			continue
		}
		l, ok := parseMoment(e.literal.value.Text())
		if !ok {
			return nil, r.wrong(e.at, "expected %s, %s, '..' or a property as the end of an interval", momentForm(true), momentForm(false))
		}
		e.literal = l
	}
	return &Expr{at: at, form: anInterval, args: ends}, nil
}

func (e *Expr) isOpen() bool { return e.form == aLiteral && e.literal.value.Text() == openEnd }

// number builds a number.
func (r *reading) number(at int, s string) (*Expr, error) {
	v, ok := parseNumber(s)
	if !ok {
		return nil, r.wrong(at, "the number %.40s is beyond what can be stored", s)
	}
	return &Expr{at: at, literal: literal{value: v}}, nil
}

func momentForm(day bool) string {
	if day {
		return "a day such as '2018-08-31'"
	}
	return "a time such as '2018-08-31T12:00:00Z'"
}

// reading is what the two parsers share: the text, for messages, and the
// limits that count while it is read.
type reading struct {
	text            string
	depth, vertices int
}

func (r *reading) wrong(at int, format string, args ...any) error {
	return errorAt(r.text, at, format, args...)
}

// deeper counts a level more; the caller takes it back.
func (r *reading) deeper(at int) error {
	if r.depth++; r.depth > MaxDepth {
		return r.wrong(at, "conditions stand more than %d deep in each other here; write the filter flatter", MaxDepth)
	}
	return nil
}

// vertex counts a position of a shape.
func (r *reading) vertex(at int) error {
	if r.vertices++; r.vertices > MaxVertices {
		return r.wrong(at, "the shapes of the filter have more than %d positions; simplify them", MaxVertices)
	}
	return nil
}
