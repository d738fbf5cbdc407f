package filter

import (
	"cmp"
	"slices"
	"sort"

	"bivouac/geo"
)

// rows returns the question of the rows of a column: whether they lie in one
// of the stretches, or outside of a single one. Null is unknown.
func rows(c *geo.Column, within []stretch, outside bool) func(uint32) geo.Tri {
	switch c.Kind {
	case geo.KindFloat:
		return inSpans(c, c.Floats, spans(within, stretch.floats), outside)
	case geo.KindString:
		return texts(c, within, outside)
	}
	return inSpans(c, c.Ints, spans(within, stretch.ints), outside)
}

// texts asks rows of strings by their codes. Only a list has more than one
// stretch; each of those is a single text, and outside is false.
func texts(c *geo.Column, within []stretch, outside bool) func(uint32) geo.Tri {
	switch {
	case c.Sorted && len(within) == 1:
		return inSpans(c, c.Codes, codeSpans(c.Dict, within), outside)
	case c.Sorted:
		answers := make([]geo.Tri, len(c.Dict))
		for _, s := range codeSpans(c.Dict, within) {
			for code := s.low; code <= s.high; code++ {
				answers[code] = geo.True
			}
		}
		return byCode(c, answers)
	case len(within) == 1:
		return byCode(c, answersOf(c, func(text string) bool { return within[0].has(text) != outside }))
	}
	list := map[string]bool{}
	for _, s := range within {
		list[s.least.value.Text()] = true
	}
	return byCode(c, answersOf(c, func(text string) bool { return list[text] }))
}

// spans turns stretches into spans in order that do not meet.
func spans[T int64 | float64 | uint32](within []stretch, of func(stretch) span[T]) []span[T] {
	out := make([]span[T], 0, len(within))
	for _, s := range within {
		if sp := of(s); sp.low <= sp.high {
			out = append(out, sp)
		}
	}
	slices.SortFunc(out, func(a, b span[T]) int { return cmp.Compare(a.low, b.low) })
	merged := out[:0]
	for _, sp := range out {
		if last := len(merged) - 1; last >= 0 && sp.low <= merged[last].high {
			merged[last].high = max(merged[last].high, sp.high)
			continue
		}
		merged = append(merged, sp)
	}
	return merged
}

// codeSpans finds the codes of a dictionary in order.
func codeSpans(dict []string, within []stretch) []span[uint32] {
	return spans(within, func(s stretch) span[uint32] {
		low, high := 0, len(dict)
		if s.least != nil {
			low = sort.Search(len(dict), func(i int) bool { return s.atLeast(dict[i]) })
		}
		if s.most != nil {
			high = sort.Search(len(dict), func(i int) bool { return !s.atMost(dict[i]) })
		}
		if low >= high {
			return span[uint32]{1, 0}
		}
		return span[uint32]{uint32(low), uint32(high - 1)}
	})
}

// inSpans asks rows of one typed slice. One span is the common case.
func inSpans[T int64 | float64 | uint32](c *geo.Column, values []T, in []span[T], outside bool) func(uint32) geo.Tri {
	yes, no := geo.True, geo.False
	if outside {
		yes, no = no, yes
	}
	switch {
	case len(in) > 1:
		return func(n uint32) geo.Tri {
			switch {
			case c.Null(n):
				return geo.Maybe
			case held(in, values[n]):
				return yes
			}
			return no
		}
	case len(in) == 0:
		yes = no
		in = []span[T]{{}}
	}
	low, high := in[0].low, in[0].high
	return func(n uint32) geo.Tri {
		switch v := values[n]; {
		case c.Null(n):
			return geo.Maybe
		case low <= v && v <= high:
			return yes
		}
		return no
	}
}

// held reports whether one of the spans, which are in order, holds v.
func held[T int64 | float64 | uint32](in []span[T], v T) bool {
	low, high := 0, len(in)
	for low < high {
		if middle := (low + high) / 2; in[middle].high < v {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low < len(in) && in[low].low <= v
}

// answersOf asks each entry of the dictionary once.
func answersOf(c *geo.Column, yes func(string) bool) []geo.Tri {
	answers := make([]geo.Tri, len(c.Dict))
	for code, text := range c.Dict {
		answers[code] = geo.TriOf(yes(text))
	}
	return answers
}

// byCode asks rows of strings by a table of answers, one for each entry of the
// dictionary.
func byCode(c *geo.Column, answers []geo.Tri) func(uint32) geo.Tri {
	return func(n uint32) geo.Tri {
		if c.Null(n) {
			return geo.Maybe
		}
		return answers[c.Codes[n]]
	}
}
