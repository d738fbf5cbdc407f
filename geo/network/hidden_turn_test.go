package network_test

import (
	"testing"

	"bivouac/geo"
)

// TestTurnBeforeHidden: where a restriction leaves no other way than to turn
// round, one turns where the reader sees that roads end or meet, and not where a
// road or barrier that he does not see does.
func TestTurnBeforeHidden(t *testing.T) {
	open := world{
		&roadSchema:        {road("w", nil, p(-5, 0), p(0, 0)), road("e", nil, p(0, 0), p(2, 0), p(9, 0)), road("s", nil, p(0, 0), p(0, -5))},
		&restrictionSchema: {{shape: p(0, 0), values: geo.Values{"kind": geo.String("only_straight_on"), "from_road": geo.String("w"), "to_road": geo.String("e")}, id: "r"}},
	}
	ask := func(w world) float64 {
		c := steady()
		c.Reader = geo.Reader{}
		travel := w.graph(t).Travel(c)
		path, ok := travel.Path(snap(t, travel, p(-5, 0)), snap(t, travel, p(0, -5)))
		if !ok {
			return -1
		}
		return float64(path.Millis) / 1000
	}
	want := ask(open)
	for desc, secret := range map[string]world{
		"a road":    {&roadSchema: {{shape: line(p(2, 0), p(2, 3)), id: "h", class: geo.Confidential}}},
		"a barrier": {&barrierSchema: {{shape: p(2, 0), values: geo.Values{"kind": geo.String("gate"), "status": geo.String("open")}, id: "h", class: geo.Confidential}}},
	} {
		both := world{&roadSchema: append(append([]record{}, open[&roadSchema]...), secret[&roadSchema]...), &restrictionSchema: open[&restrictionSchema], &barrierSchema: secret[&barrierSchema]}
		if got := ask(both); got != want {
			t.Errorf("%s: %v s with it, %v without", desc, got, want)
		}
	}
}
