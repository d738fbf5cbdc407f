package filter

import (
	"strings"

	"bivouac/geo"
)

// scalar is a value of each record: a property, a literal, or what is made of
// them.
type scalar interface {
	gives() geo.Kind
	bind(geo.Table) (func(n uint32) geo.Value, error)
	String() string
}

// bindScalars binds several scalars.
func bindScalars(list []scalar, t geo.Table) ([]func(uint32) geo.Value, error) {
	of := make([]func(uint32) geo.Value, len(list))
	for i, s := range list {
		f, err := s.bind(t)
		if err != nil {
			return nil, err
		}
		of[i] = f
	}
	return of, nil
}

// stored is the scalar of a property.
type stored struct{ property }

func (s stored) gives() geo.Kind { return s.kind }

func (s stored) bind(t geo.Table) (func(uint32) geo.Value, error) {
	c, err := s.column(t)
	if err != nil {
		return nil, err
	}
	return c.Value, nil
}

// constant is the scalar of a literal, or of what has come to one.
type constant struct{ literal literal }

func (s constant) gives() geo.Kind { return s.literal.value.Kind() }
func (s constant) String() string  { return s.literal.String() }

func (s constant) bind(geo.Table) (func(uint32) geo.Value, error) {
	return func(uint32) geo.Value { return s.literal.value }, nil
}

// place is the scalar of the record's shape.
type place struct{ name string }

func (s place) gives() geo.Kind { return geo.KindGeometry }
func (s place) String() string  { return s.name }

func (s place) bind(t geo.Table) (func(uint32) geo.Value, error) {
	return func(n uint32) geo.Value { return geo.Geometry(t.Geometry(n)) }, nil
}

// applied is a function of scalars.
type applied struct {
	kind  geo.Kind
	of    []scalar
	text  string
	apply func([]geo.Value) geo.Value // null where an argument is
}

func (s applied) gives() geo.Kind { return s.kind }
func (s applied) String() string  { return s.text }

func (s applied) bind(t geo.Table) (func(uint32) geo.Value, error) {
	of, err := bindScalars(s.of, t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) geo.Value {
		values := make([]geo.Value, len(of))
		for i, f := range of {
			if values[i] = f(n); values[i].Null() {
				return geo.Value{}
			}
		}
		return s.apply(values)
	}, nil
}

// asked is the scalar of a condition: a bool, null where it is unknown.
type asked struct{ p geo.Predicate }

func (s asked) gives() geo.Kind { return geo.KindBool }
func (s asked) String() string  { return s.p.String() }

func (s asked) bind(t geo.Table) (func(uint32) geo.Value, error) {
	f, err := s.p.Bind(t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) geo.Value {
		is := f(n)
		if is == geo.Maybe {
			return geo.Value{}
		}
		return geo.Bool(is == geo.True)
	}, nil
}

// conditionOf is the condition that a bool is true.
func conditionOf(s scalar) geo.Predicate {
	switch s := s.(type) {
	case asked:
		return s.p
	case constant:
		return truth(s.literal.value.Bool())
	case stored:
		return compare(s.property, equal, literal{value: geo.Bool(true)})
	}
	return computed{a: s, text: s.String(), says: func(v, _ geo.Value) geo.Tri {
		if v.Null() {
			return geo.Maybe
		}
		return geo.TriOf(v.Bool())
	}}
}

// scalar compiles an expression with one value.
func (c *compiler) scalar(e *Expr) (scalar, error) {
	switch e.form {
	case aLiteral:
		return constant{e.literal}, nil
	case aProperty:
		return c.property(e)
	case aList:
		return nil, c.wrong(e, "a list stands here, where one value belongs")
	case anInterval:
		return nil, c.wrong(e, "an interval stands here, where one value belongs; ask with T_INTERSECTS and its like")
	case aShape:
		return c.shapeScalar(e)
	}
	if isArithmetic(e.name) {
		return c.arithmetic(e)
	}
	if f, ok := functionNamed(e.name); ok {
		return c.function(e, f)
	}
	if standard[strings.ToLower(e.name)].name != "" {
		p, err := c.condition(e)
		return asked{p}, err
	}
	return nil, c.wrong(e, "there is no function %s here; there are DATE, TIMESTAMP, %s, and the S_, T_ and A_ functions of CQL2", e.name, functionNames())
}

func (c *compiler) property(e *Expr) (scalar, error) {
	if i := c.schema.Field(e.name); i >= 0 {
		return stored{propertyOf(&c.schema.Fields[i])}, nil
	}
	if (e.name == "geometry" || e.name == "geom") && c.schema.Geometry != geo.NoGeometry {
		return place{"geometry"}, nil
	}
	return nil, c.wrong(e, "there is no property %s; a text stands in single quotes: '%s'; the properties are %s", e.name, e.name, known(c.schema))
}

// operandText prints an operand, in brackets where it is a condition.
func operandText(s scalar) string {
	if _, ok := s.(asked); ok && !strings.HasPrefix(s.String(), "(") {
		return "(" + s.String() + ")"
	}
	return s.String()
}
