package filter

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"bivouac/geo"
)

// Function is a function that filters may call.
type Function struct {
	Name        string
	Description string
	Arguments   []Argument
	Result      geo.Kind
	apply       func([]geo.Value) geo.Value // of values that are not null
}

// Argument is what a function takes at one place. A float takes whole numbers
// too.
type Argument struct {
	Name string
	Kind geo.Kind
}

// Functions returns the functions of our own that a filter may call, by name.
// Each is null where an argument is. Their names are taken in any case.
func Functions() []Function {
	number := []Argument{{"number", geo.KindFloat}}
	text := []Argument{{"text", geo.KindString}}
	time := []Argument{{"time", geo.KindTime}}
	shapes := []Argument{{"geometry", geo.KindGeometry}, {"shape", geo.KindGeometry}, {"metres", geo.KindFloat}}
	return []Function{
		{"abs", "The number without its sign.", number, geo.KindFloat, ofNumber(math.Abs)},
		{"ceil", "The least whole number that is not below the number.", number, geo.KindFloat, ofNumber(math.Ceil)},
		{"day", "The day of the month, 1 to 31, in UTC.", time, geo.KindInt, ofTime(func(t geo.Time) int { return t.Std().Day() })},
		{"floor", "The greatest whole number that is not above the number.", number, geo.KindFloat, ofNumber(math.Floor)},
		{"hour", "The hour of the day, 0 to 23, in UTC.", time, geo.KindInt, ofTime(func(t geo.Time) int { return t.Std().Hour() })},
		{"length", "The number of characters of a text.", text, geo.KindInt, func(v []geo.Value) geo.Value { return geo.Int(int64(utf8.RuneCountInString(v[0].Text()))) }},
		{"lower", "The text in small letters.", text, geo.KindString, ofText(strings.ToLower)},
		{"month", "The month, 1 to 12, in UTC.", time, geo.KindInt, ofTime(func(t geo.Time) int { return int(t.Std().Month()) })},
		{"round", "The nearest whole number, the one farther from 0 where two are.", number, geo.KindFloat, ofNumber(math.Round)},
		{dwithin, "Whether the nearest points of two shapes lie no farther apart than so many metres, along the WGS84 ellipsoid, as near and radius decide; the rim belongs to it.", shapes, geo.KindBool, withinMetres},
		{"upper", "The text in capitals.", text, geo.KindString, ofText(strings.ToUpper)},
		{"weekday", "The day of the week in UTC, 1 for Monday to 7 for Sunday.", time, geo.KindInt, ofTime(func(t geo.Time) int { return (int(t.Std().Weekday())+6)%7 + 1 })},
		{"year", "The year, in UTC.", time, geo.KindInt, ofTime(func(t geo.Time) int { return t.Std().Year() })},
	}
}

// folds are the functions of the standard on texts.
func folds() []Function {
	text := []Argument{{"text", geo.KindString}}
	return []Function{
		{"casei", "The text with the case of its letters folded.", text, geo.KindString, ofText(foldCase)},
		{"accenti", "The text without accents.", text, geo.KindString, ofText(foldAccents)},
	}
}

var functions = append(Functions(), folds()...)

func functionNamed(name string) (Function, bool) {
	i := slices.IndexFunc(functions, func(f Function) bool { return strings.EqualFold(f.Name, name) })
	if i < 0 {
		return Function{}, false
	}
	return functions[i], true
}

func functionNames() string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

func ofNumber(f func(float64) float64) func([]geo.Value) geo.Value {
	return func(v []geo.Value) geo.Value { return geo.Float(f(v[0].Float())) }
}

func ofText(f func(string) string) func([]geo.Value) geo.Value {
	return func(v []geo.Value) geo.Value { return geo.String(f(v[0].Text())) }
}

func ofTime(f func(geo.Time) int) func([]geo.Value) geo.Value {
	return func(v []geo.Value) geo.Value { return geo.Int(int64(f(v[0].Time()))) }
}

// foldCase is the full case folding of Unicode, so that ß equals ss.
func foldCase(s string) string { return norm.NFC.String(cases.Fold().String(s)) }

// foldAccents takes the marks off their letters.
func foldAccents(s string) string {
	out, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		return s
	}
	return out
}

// function compiles a call. One whose arguments are all literals comes to a
// literal here.
func (c *compiler) function(e *Expr, f Function) (scalar, error) {
	if len(e.args) != len(f.Arguments) {
		return nil, c.wrong(e, "%s takes %d arguments, not %d", f.Name, len(f.Arguments), len(e.args))
	}
	of := make([]scalar, len(e.args))
	for i, a := range e.args {
		s, err := c.scalar(a)
		if err != nil {
			return nil, err
		}
		if k, want := s.gives(), f.Arguments[i].Kind; k != want && !(numeric(k) && numeric(want)) {
			return nil, c.wrong(a, "%s takes %s, and %s is %s", f.Name, words(want), s, words(k))
		}
		of[i] = s
	}
	name := f.Name
	if a, ok := standard[name]; ok {
		name = strings.ToUpper(a.name)
	}
	return c.folded(e, applied{f.Result, of, name + "(" + scalarTexts(of) + ")", f.apply})
}

func scalarTexts(list []scalar) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = s.String()
	}
	return strings.Join(texts, ", ")
}

// folded turns a function of literals into what it comes to.
func (c *compiler) folded(e *Expr, s applied) (scalar, error) {
	values := make([]geo.Value, len(s.of))
	for i, a := range s.of {
		l, ok := a.(constant)
		if !ok {
			return s, nil
		}
		values[i] = l.literal.value
	}
	v := s.apply(values)
	if v.Null() {
		return nil, c.wrong(e, "%s comes to no number", s)
	}
	return constant{literal{value: v}}, nil
}
