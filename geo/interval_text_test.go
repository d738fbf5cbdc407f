package geo_test

import (
	"testing"

	"bivouac/geo"
)

func TestParseInterval(t *testing.T) {
	day := func(s string) geo.Time {
		i, err := geo.ParseInterval(s)
		if err != nil {
			t.Fatal(err)
		}
		return i.Start.Time
	}
	aug31, sep1 := day("2018-08-31"), day("2018-09-01")
	noon := day("2018-08-31T12:00:00Z")
	for _, c := range []struct {
		text string
		want geo.Interval
	}{
		{"2018-08-31", geo.Between(aug31, sep1)},
		{"2018-08-31T12:00:00Z", geo.Instant(noon)},
		{"2018-08-31t14:00:00+02:00", geo.Instant(noon)},
		{"2018-08-31/2018-08-31", geo.Between(aug31, sep1)},
		{"2018-08-31T12:00:00Z/2018-08-31", geo.Between(noon, sep1)},
		{"2018-08-31/2018-08-31T12:00:00Z", geo.Between(aug31, noon+1)},
		{"2018-08-31/..", geo.From(aug31)},
		{"2018-08-31/", geo.From(aug31)},
		{"../2018-08-31", geo.Until(sep1)},
		{"/2018-08-31T12:00:00Z", geo.Until(noon + 1)},
	} {
		got, err := geo.ParseInterval(c.text)
		if err != nil || got != c.want {
			t.Errorf("%s: %v, %v; want %v", c.text, got, err, c.want)
		}
		if again, err := geo.ParseInterval(got.Asked()); err != nil || again != got {
			t.Errorf("%s, asked as %s: %v, %v; want %v", c.text, got.Asked(), again, err, got)
		}
	}
	if all, err := geo.ParseInterval("../.."); err != nil || !all.All() {
		t.Errorf("../..: %v, %v", all, err)
	}
	for _, bad := range []string{"", "..", "yesterday", "2018-13-01", "2018-02-30", "2018-08-31/2018-08-30", "a/b", "2018/2019/2020", "2018-08-31T12:00:00"} {
		if got, err := geo.ParseInterval(bad); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%q was read as %v, %v", bad, got, err)
		}
	}
}
