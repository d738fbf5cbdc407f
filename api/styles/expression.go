package styles

import (
	"strconv"
	"strings"

	"bivouac/geo/tile"
)

// expression turns an expression of MapLibre into one of QGIS; false where it
// holds what QGIS has no word for here.
func expression(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'", true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case bool:
		return strings.ToUpper(strconv.FormatBool(v)), true
	case []any:
		name, _ := v[0].(string)
		return operation(name, v[1:])
	}
	return "", false
}

// infix are operations that stand between two values.
var infix = map[string]string{"==": " = ", "!=": " <> ", ">": " > ", "<": " < ", ">=": " >= ", "<=": " <= ", "all": " AND ", "any": " OR "}

func operation(name string, in []any) (string, bool) {
	switch name {
	case "get":
		return field(in[0])
	case "match":
		return match(in)
	case "step":
		return step(in)
	}
	parts := make([]string, len(in))
	for i := range in {
		var ok bool
		if parts[i], ok = expression(in[i]); !ok {
			return "", false
		}
	}
	if between, ok := infix[name]; ok {
		return "(" + strings.Join(parts, between) + ")", true
	}
	return "coalesce(" + strings.Join(parts, ", ") + ")", name == "coalesce"
}

// field names a field. A record counts as one: only tiles have a count.
func field(v any) (string, bool) {
	name, ok := v.(string)
	if name == tile.Count {
		return "1", true
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`, ok
}

// match is a value by another: pairs of one or several words and what then
// holds, and what holds else.
func match(in []any) (string, bool) {
	out := "CASE"
	for i := 1; i+1 < len(in); i += 2 {
		when, then, ok := arm(in[0], in[i], in[i+1])
		if !ok {
			return "", false
		}
		out += " WHEN " + when + " THEN " + then
	}
	last, ok := expression(in[len(in)-1])
	return out + " ELSE " + last + " END", ok
}

func arm(on, words, value any) (when, then string, ok bool) {
	when, ok = among(on, words)
	if !ok {
		return "", "", false
	}
	then, ok = expression(value)
	return when, then, ok
}

// among says that a value is one of the words, or the one word.
func among(on, words any) (string, bool) {
	what, ok := expression(on)
	if !ok {
		return "", false
	}
	list, several := words.([]any)
	if !several {
		word, ok := expression(words)
		return what + " = " + word, ok
	}
	parts := make([]string, len(list))
	for i := range list {
		if parts[i], ok = expression(list[i]); !ok {
			return "", false
		}
	}
	return what + " IN (" + strings.Join(parts, ", ") + ")", true
}

// step is what holds below the first threshold, and pairs of a threshold and
// what holds from there on.
func step(in []any) (string, bool) {
	what, ok := expression(in[0])
	out := "CASE"
	for i := 1; ok && i < len(in); i += 2 {
		var value string
		if value, ok = expression(in[i]); !ok {
			break
		}
		if i+1 == len(in) {
			return out + " ELSE " + value + " END", true
		}
		below, known := in[i+1].(float64)
		ok = known
		out += " WHEN " + what + " < " + strconv.FormatFloat(below, 'f', -1, 64) + " THEN " + value
	}
	return "", false
}
