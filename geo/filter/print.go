package filter

import (
	"slices"
	"strconv"
	"strings"

	"bivouac/geo"
)

// String prints the filter as CQL2 text, with every bracket written.
func (e *Expr) String() string {
	switch e.form {
	case aProperty:
		return property{name: e.name}.String()
	case aCall:
		return e.callText()
	case aList:
		return "(" + commas(e.args) + ")"
	case anInterval:
		return "INTERVAL(" + e.args[0].endText() + ", " + e.args[1].endText() + ")"
	case aShape:
		return e.shape.text(e.name)
	}
	return e.literal.String()
}

func commas(args []*Expr) string {
	parts := make([]string, len(args))
	for i, a := range args {
		parts[i] = a.String()
	}
	return strings.Join(parts, ", ")
}

func (e *Expr) callText() string {
	switch {
	case e.name == "and" || e.name == "or":
		parts := make([]string, len(e.args))
		for i, a := range e.args {
			parts[i] = a.String()
		}
		return "(" + strings.Join(parts, " "+strings.ToUpper(e.name)+" ") + ")"
	case e.name == "not":
		return "NOT " + e.args[0].String()
	case e.name == "isNull":
		return e.args[0].side() + " IS NULL"
	case e.name == "between":
		return e.args[0].side() + " BETWEEN " + e.args[1].side() + " AND " + e.args[2].side()
	case e.isInfix():
		return e.args[0].side() + " " + strings.ToUpper(e.name) + " " + e.args[1].side()
	case standard[strings.ToLower(e.name)].name != "":
		return strings.ToUpper(e.name) + "(" + commas(e.args) + ")"
	}
	return e.name + "(" + commas(e.args) + ")"
}

func (e *Expr) isInfix() bool {
	return e.name == "like" || e.name == "in" || slices.Contains(comparisons, e.name) || slices.Contains(arithmetic, e.name)
}

// side prints an operand, in brackets where it is made of operands itself.
func (e *Expr) side() string {
	s := e.String()
	if e.form == aCall && (e.isInfix() || e.name == "not" || e.name == "isNull" || e.name == "between") {
		return "(" + s + ")"
	}
	return s
}

// endText prints an end of an interval, which is quoted without DATE.
func (e *Expr) endText() string {
	if e.form == aLiteral {
		return literal{value: geo.String(e.endOf())}.String()
	}
	return e.String()
}

// endOf is the text of an end that is a literal.
func (e *Expr) endOf() string {
	if e.literal.value.Kind() == geo.KindTime {
		return e.literal.moment()
	}
	return e.literal.value.Text()
}

// text prints the shape as well-known text; name is its type.
func (c coordinates) text(name string) string {
	head := strings.ToUpper(name)
	switch name {
	case collection:
		parts := make([]string, len(c.parts))
		for i, p := range c.parts {
			parts[i] = p.text(p.name)
		}
		return head + "(" + strings.Join(parts, ", ") + ")"
	case bbox:
		return head + "(" + c.list(", ") + ")"
	case "Point":
		return head + c.height() + "(" + c.list(" ") + ")"
	}
	return head + c.height() + c.brackets()
}

// height prints the Z of a shape with heights.
func (c coordinates) height() string {
	for len(c.parts) > 0 {
		c = c.parts[0]
	}
	if len(c.numbers) == 3 {
		return " Z "
	}
	return ""
}

func (c coordinates) brackets() string {
	if c.numbers != nil {
		return c.list(" ")
	}
	parts := make([]string, len(c.parts))
	for i, p := range c.parts {
		parts[i] = p.brackets()
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

func (c coordinates) list(between string) string {
	parts := make([]string, len(c.numbers))
	for i, x := range c.numbers {
		parts[i] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strings.Join(parts, between)
}
