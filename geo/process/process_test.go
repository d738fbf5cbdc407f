package process_test

import (
	"context"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

var five, ten = 5.0, 10.0

func example(run func(context.Context, process.World, geo.Values, process.Progress) (process.Result, error)) process.Process {
	return process.Process{
		ID: "example", Title: "Example", Run: run,
		In: geo.Schema{Name: "example", Fields: []geo.Field{
			{Name: "cells", Kind: geo.KindInt, Default: geo.Int(7), Least: &five, Greatest: &ten},
			{Name: "weight", Kind: geo.KindFloat, Required: true},
			{Name: "kind", Kind: geo.KindString, Enum: []string{"hex", "square"}},
			{Name: "keys", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt, Least: &five}},
			{Name: "time", Kind: geo.KindInterval},
			{Name: "area", Kind: geo.KindGeometry},
			{Name: "deep", Kind: geo.KindBool},
		}},
	}
}

func world() process.World {
	return process.World{Snapshot: layer.NewSnapshot("test", nil, nil, nil)}
}

func TestInputsAreReadAndChecked(t *testing.T) {
	var got geo.Values
	p := example(func(_ context.Context, _ process.World, in geo.Values, _ process.Progress) (process.Result, error) {
		got = in
		return process.Result{}, nil
	})
	in, err := process.Read(&p.In, []byte(`{"weight": 2, "keys": [5, 6.0], "time": "2018-01-01/..", "deep": true,
		"area": {"type":"Point","coordinates":[1,2]}, "kind": null}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Execute(context.Background(), world(), in, nil); err != nil {
		t.Fatal(err)
	}
	want := `{"area":Point 1 2,"cells":7,"deep":true,"keys":[5,6],"time":2018-01-01T00:00:00Z/..,"weight":2}`
	if got.String() != want {
		t.Errorf("the run got %s", got)
	}
	if got["weight"].Kind() != geo.KindFloat {
		t.Errorf("a whole number for a number stays a %v", got["weight"].Kind())
	}
}

func TestBadInputsAreNamed(t *testing.T) {
	p := example(func(context.Context, process.World, geo.Values, process.Progress) (process.Result, error) {
		t.Error("ran on a bad input")
		return process.Result{}, nil
	})
	for body, where := range map[string]string{
		`{"weight":1,"colour":2}`:            "colour",
		`{}`:                                 "weight",
		`{"weight":null}`:                    "weight",
		`{"weight":"2"}`:                     "weight",
		`{"weight":1,"cells":4}`:             "cells",
		`{"weight":1,"cells":11}`:            "cells",
		`{"weight":1,"cells":7.5}`:           "cells",
		`{"weight":1,"kind":"round"}`:        "kind",
		`{"weight":1,"keys":7}`:              "keys",
		`{"weight":1,"keys":[7,"x"]}`:        "keys",
		`{"weight":1,"keys":[4]}`:            "keys",
		`{"weight":1,"time":"soon"}`:         "time",
		`{"weight":1,"time":5}`:              "time",
		`{"weight":1,"area":{"type":"Dot"}}`: "area",
		`{"weight":1,"deep":1}`:              "deep",
		`[1]`:                                "inputs",
		`{"weight":1`:                        "inputs",
	} {
		in, err := process.Read(&p.In, []byte(body))
		if err == nil {
			_, err = p.Execute(context.Background(), world(), in, nil)
		}
		if e, ok := err.(*geo.Error); !ok || e.Code != geo.Invalid || e.Where != where {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestRowsMustAddUp(t *testing.T) {
	p := example(func(context.Context, process.World, geo.Values, process.Progress) (process.Result, error) {
		return process.Result{Selected: 10, Used: 7, Dropped: map[string]int{"no place": 2}}, nil
	})
	_, err := p.Execute(context.Background(), world(), geo.Values{"weight": geo.Float(1)}, nil)
	if geo.CodeOf(err) != geo.Internal || !strings.Contains(err.Error(), "10") {
		t.Errorf("a row was lost in silence: %v", err)
	}
}

func TestRegistry(t *testing.T) {
	p := example(func(context.Context, process.World, geo.Values, process.Progress) (process.Result, error) {
		return process.Result{}, nil
	})
	r, err := process.NewRegistry(p)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := r.Find("example"); err != nil || found.Title != "Example" {
		t.Error(found, err)
	}
	if _, err := r.Find("magic"); geo.CodeOf(err) != geo.NotFound {
		t.Error(err)
	}
	twice := []geo.Field{{Name: "date", Kind: geo.KindTime}, {Name: "date", Kind: geo.KindTime}}
	for _, bad := range [][]process.Process{{p, p}, {{ID: "x"}}, {{Run: p.Run}}, {{ID: "x", Run: p.Run, In: geo.Schema{Fields: twice}}}, {{ID: "x", Run: p.Run, Out: geo.Schema{Fields: twice}}}} {
		if _, err := process.NewRegistry(bad...); err == nil {
			t.Errorf("registered %v", bad)
		}
	}
}
