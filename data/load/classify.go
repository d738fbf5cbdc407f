package load

import (
	"bytes"
	"strconv"

	"bivouac/geo"
)

// sight is what kinds of value were seen, as bits.
type sight uint16

const (
	sawBool sight = 1 << iota
	sawInt
	sawFloat
	sawDay
	sawTime
	sawText
	sawNested
	sawMissing // a word such as NA that stands for nothing, unless the column is text
)

// classify says what the text of a table looks like. Numbers with leading
// zeros and numbers too long to keep are text, since they are codes.
func classify(b []byte) sight {
	switch c := b[0]; {
	case c >= '0' && c <= '9':
		return classifyDigits(b)
	case c == '-' || c == '.' || c == '+':
		return classifyNumber(b)
	case isMissing(b):
		return sawMissing
	case isBool(b):
		return sawBool
	}
	return classifyWords(b)
}

func classifyDigits(b []byte) sight {
	if m, ok := parseMoment(b); ok {
		return sightOf(m)
	}
	return classifyNumber(b)
}

func classifyWords(b []byte) sight {
	if c := b[len(b)-1]; c >= '0' && c <= '9' && len(b) < 20 {
		if m, ok := parseMoment(b); ok {
			return sightOf(m)
		}
	}
	return sawText
}

func sightOf(m moment) sight {
	if m.day {
		return sawDay
	}
	return sawTime
}

func classifyNumber(b []byte) sight {
	lead := b
	if lead[0] == '-' {
		lead = lead[1:]
	}
	if len(lead) == 0 || lead[0] == '+' || len(lead) > 1 && lead[0] == '0' && lead[1] != '.' {
		return sawText
	}
	whole := true
	for _, c := range lead {
		switch {
		case c >= '0' && c <= '9':
		case c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-':
			whole = false
		default:
			return sawText
		}
	}
	if whole {
		if len(lead) <= 18 {
			return sawInt
		}
		if _, err := strconv.ParseInt(string(b), 10, 64); err == nil {
			return sawInt
		}
		return sawText
	}
	if _, err := strconv.ParseFloat(string(b), 64); err != nil {
		return sawText
	}
	return sawFloat
}

// isMissing knows the words that programs write for nothing.
func isMissing(b []byte) bool {
	switch string(b) {
	case "NA", "N/A", "n/a", "NULL", "null", "Null", `\N`, "NaN", "nan", "None":
		return true
	}
	return false
}

func isBool(b []byte) bool {
	return len(b) <= 5 && (bytes.EqualFold(b, []byte("true")) || bytes.EqualFold(b, []byte("false")))
}

// classifyValue does so for a typed value.
func classifyValue(v geo.Value) sight {
	switch v.Kind() {
	case geo.KindBool:
		return sawBool
	case geo.KindInt:
		return sawInt
	case geo.KindFloat:
		return sawFloat
	}
	s := v.Text()
	if len(s) >= 10 && len(s) <= 40 && s[0] >= '0' && s[0] <= '9' {
		if m, ok := parseMoment([]byte(s)); ok {
			return sightOf(m)
		}
	}
	return sawText
}

// kindOf returns the kind that holds all that was seen: null widens to bool,
// whole number, number and text; days to times; nested values have none.
func kindOf(s sight) (k geo.Kind, dateOnly bool) {
	s &^= sawMissing
	switch {
	case s&sawNested != 0:
		return geo.KindNull, false
	case s == sawBool:
		return geo.KindBool, false
	case s == sawInt:
		return geo.KindInt, false
	case s != 0 && s&^(sawInt|sawFloat) == 0:
		return geo.KindFloat, false
	case s == sawDay:
		return geo.KindTime, true
	case s != 0 && s&^(sawDay|sawTime) == 0:
		return geo.KindTime, false
	}
	return geo.KindString, false
}
