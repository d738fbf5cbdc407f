package siting

import (
	"context"
	"math"

	"bivouac/geo"
)

// What is placed: whole bases, or one thing at bases that stay as they are.
const (
	placeBase       = "base"
	placeModule     = "surgical_module"
	placeHelicopter = "helicopter"
)

const assetsCollection = "assets"

func placingField() geo.Field {
	return geo.Field{Name: placingInput, Title: "Placed", Kind: geo.KindString, Enum: []string{placeBase, placeModule, placeHelicopter}, Default: geo.String(placeBase),
		Description: "base: which bases stay or open. surgical_module, helicopter: at which of the bases that stand, or at which candidates, so many more of them serve most; those that are there stay, no base closes, and number counts the new ones."}
}

// placing reports whether a thing is placed at bases, in place of bases.
func (s *survey) placing() bool {
	v := s.in[placingInput]
	return !v.Null() && v.Text() != placeBase
}

// things are the assets that are of the kind that is placed: where bases may be
// named as their homes, and those that stand at none.
type things struct {
	homes map[string]bool // by mission and name or source id, as assets name a base
	off   []place
}

func homeName(row geo.Row, name string) string { return row.Mission() + "\x00" + name }

// readThings reads what is there already.
func (s *survey) readThings(ctx context.Context) (things, error) {
	t := things{homes: map[string]bool{}}
	l, err := s.w.Layer(assetsCollection)
	if err != nil {
		return t, nil // none are known
	}
	s.layers = append(s.layers, l)
	rows, failed := l.Select(ctx, geo.Selection{Reader: s.w.Reader})
	for row := range rows {
		if count := row.Named("count"); s.foreign(row) || row.Named("type").Text() != s.in[placingInput].Text() || !count.Null() && count.Int() <= 0 {
			continue
		}
		home := row.Named("base").Text()
		if home != "" {
			t.homes[homeName(row, home)] = true
		} else if at, ok := row.Point(); ok {
			t.off = append(t.off, place{0, s.in[placingInput].Text(), at})
		}
	}
	return t, failed()
}

// at reports whether one stands at a base.
func (t *things) at(base geo.Row) bool {
	return t.homes[homeName(base, base.Named("source_id").Text())] || t.homes[homeName(base, base.Named("name").Text())]
}

// outfit makes the sites those of the thing that is placed: who has one keeps
// it, and so do places without a base.
func (s *survey) outfit(context.Context) error {
	if !s.placing() {
		return nil
	}
	if s.priced() {
		return geo.Errorf(geo.Invalid, budgetInput, "the prices are of bases, which all stay; leave the budget out, or place bases")
	}
	s.sites = append(s.sites, s.elsewhere...)
	for j := range s.sites {
		x := &s.sites[j]
		x.price = math.NaN()
		x.surgery = x.surgery || s.in[placingInput].Text() == placeModule
		if x.has {
			x.keep, x.barred = true, ""
		}
	}
	return nil
}

// placed is the change of a scenario that puts one at a site.
func (s *survey) placed(x *site) geo.Value {
	kind := s.in[placingInput].Text()
	fields := geo.Values{"type": geo.String(kind)}
	if kind == placeHelicopter && s.in[byInput].Text() == byAir {
		fields["cruise_kmh"] = s.in[cruiseInput]
		fields["notice_day_min"], fields["notice_night_min"] = s.in[noticeInput], s.in[noticeInput]
	}
	change := geo.Values{"act": geo.String("add_asset"), "fields": geo.Record(fields)}
	if x.base {
		change["into"], change["name"] = geo.Int(int64(x.key)), geo.String(x.title())
	} else {
		change["to"] = geo.Geometry(x.at)
	}
	return geo.Record(change)
}

// already are the sites of what is there already.
func (s *survey) already() []int {
	var out []int
	for j := range s.sites {
		if x := &s.sites[j]; x.has || x.base && !s.placing() {
			out = append(out, j)
		}
	}
	return out
}
