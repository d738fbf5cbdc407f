package indicator_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
	"bivouac/geo/stat"
)

// counts prints the periods of an answer that hold anything, as start=count,
// and how many periods there are.
func counts(t *testing.T, r process.Result) string {
	t.Helper()
	var b strings.Builder
	periods := r.Output["periods"].List()
	for i, p := range periods {
		v := p.Record()
		if v["count"].Int() > 0 || i == 0 || i == len(periods)-1 {
			fmt.Fprintf(&b, "%s=%d ", v["start"].Time().String()[:10], v["count"].Int())
		}
		if i > 0 && periods[i-1].Record()["end"].Time() != v["start"].Time() {
			t.Errorf("a gap before %v", v["start"])
		}
	}
	fmt.Fprintf(&b, "of %d", len(periods))
	return b.String()
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct{ desc, inputs, want, dropped string }{
		{"by month unless told", `{}`, "2016-01-01=1 2016-02-01=2 2016-12-01=1 2018-03-01=1 of 27", "map[without a known time:2]"},
		{"none", `{"period":"none"}`, "of 0", "map[]"},
		{"by year", `{"period":"year"}`, "2016-01-01=4 2018-01-01=1 of 3", "map[without a known time:2]"},
		{"by quarter", `{"period":"quarter"}`, "2016-01-01=3 2016-10-01=1 2018-01-01=1 of 9", "map[without a known time:2]"},
		{"by week, of Monday", `{"period":"week"}`, "2016-01-25=1 2016-02-01=1 2016-02-29=1 2016-12-26=1 2018-02-26=1 of 110", "map[without a known time:2]"},
		{"by day", `{"period":"day","datetime":"2016-02-01/2016-03-01"}`, "2016-02-01=1 2016-02-29=1 2016-03-01=0 of 30", "map[without a known time:1]"},
		{"the asked time, both days included", `{"datetime":"2016-02-01/2016-12-31"}`, "2016-02-01=2 2016-12-01=1 of 11", "map[without a known time:1]"},
		{"cut at both ends", `{"datetime":"2016-01-15/2016-02-28"}`, "2016-01-15=1 2016-02-01=1 of 2", "map[without a known time:1]"},
		{"from a day on", `{"datetime":"2017-12-01/.."}`, "2017-12-01=0 2018-03-01=1 of 4", "map[without a known time:1]"},
		{"up to a day", `{"datetime":"../2016-04-10"}`, "2016-01-01=1 2016-02-01=2 2016-04-01=0 of 4", "map[without a known time:1]"},
		{"what began before", `{"datetime":"2017-01-01/2017-01-31"}`, "2017-01-01=0 of 1", "map[began before the asked time:1 without a known time:1]"},
		{"nothing in the time", `{"datetime":"2010-01-01/2010-12-31","period":"quarter"}`, "2010-01-01=0 2010-10-01=0 of 4", "map[without a known time:1]"},
		{"nothing at all", `{"filter":"category = 'erw'"}`, "of 0", "map[]"},
		{"a filter", `{"filter":"category = 'ied' AND killed > 0","period":"year"}`, "2016-01-01=2 of 1", "map[without a known time:1]"},
		{"a box without a record", `{"bbox":[50,50,51,51]}`, "of 0", "map[]"},
		{"a box over the date line", `{"bbox":[170,0,10,20],"period":"year"}`, "2016-01-01=4 2018-01-01=1 of 3", "map[without a known time:2]"},
	} {
		r, err := execute(small(t), c.inputs)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		if got := counts(t, r); got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
		if got := fmt.Sprint(r.Dropped); got != c.dropped {
			t.Errorf("%s: dropped %s, want %s", c.desc, got, c.dropped)
		}
		if total := r.Output["total"].Record()["count"].Int(); total != int64(r.Used) {
			t.Errorf("%s: the total counts %d, used are %d", c.desc, total, r.Used)
		}
	}
}

func TestCutPeriodsEndWhereTheAskedTimeDoes(t *testing.T) {
	r, err := execute(small(t), `{"datetime":"2016-01-15/2016-02-10"}`)
	if err != nil {
		t.Fatal(err)
	}
	last := r.Output["periods"].List()[1].Record()
	if last["end"].Time() != at("2016-02-11") {
		t.Errorf("the last period ends %v", last["end"])
	}
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Text, "shorter") {
		t.Errorf("warnings %q", r.Warnings)
	}
	if r, err = execute(small(t), `{"datetime":"2016-01-01/2016-02-29"}`); err != nil || len(r.Warnings) != 0 {
		t.Errorf("whole months: warnings %q, %v", r.Warnings, err)
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Max(1, math.Abs(b)) }

// TestFigures has the total of five incidents by hand: three of the four that
// state a category are of ied; 3, 0, 1 and 0 were killed, and one does not say.
func TestFigures(t *testing.T) {
	r, err := execute(small(t), `{"period":"none","hits":"category = 'ied'","sum":["killed","cost"],"filter":"time IS NOT NULL"}`)
	if err != nil {
		t.Fatal(err)
	}
	total := r.Output["total"].Record()
	for name, want := range map[string]int64{"count": 5, "hits": 3, "decided": 4} {
		if total[name].Int() != want {
			t.Errorf("%s is %v, want %d", name, total[name], want)
		}
	}
	wilson, _ := stat.Wilson(3, 4, stat.Confidence)
	for name, want := range map[string]float64{"share": 0.75, "share_lower": wilson.Lower, "share_upper": wilson.Upper} {
		if !near(total[name].Float(), want) {
			t.Errorf("%s is %v, want %v", name, total[name], want)
		}
	}
	if got := total["sums"].String(); got != `{"cost":3.5,"killed":4}` {
		t.Errorf("sums %s", got)
	}
	if got := total["nulls"].String(); got != `{"cost":3,"killed":1}` {
		t.Errorf("nulls %s", got)
	}
	// 10 is the sum of squares of the killed, so that 2.5 count as one event.
	bounds, _ := stat.Garwood(4/2.5, stat.Confidence)
	killed := total["rates"].Record()["killed"].Record()
	for name, want := range map[string]float64{"of": 4, "per_record": 1, "lower": bounds.Lower * 2.5 / 4, "upper": bounds.Upper * 2.5 / 4} {
		if !near(killed[name].Float(), want) {
			t.Errorf("killed: %s is %v, want %v", name, killed[name], want)
		}
	}
	for _, want := range []string{"1 of 5 records do not state whether", "1 of 5 records do not state killed", "dispersion 2.5", "3 of 5 records do not state cost"} {
		if !strings.Contains(strings.Join(geo.Texts(r.Warnings), "\n"), want) {
			t.Errorf("no warning says %q: %q", want, r.Warnings)
		}
	}
}

// TestWhatNobodyStatesIsNull holds figures of nothing to null, and sums of no
// records to 0.
func TestWhatNobodyStatesIsNull(t *testing.T) {
	w := world(layertest.Build(t, schema,
		record(geo.Instant(at("2016-01-05")), nil, nil, nil), record(geo.Instant(at("2016-03-05")), "ied", 0, -1.0),
	))
	r, err := execute(w, `{"hits":"category = 'ied'","sum":["killed","cost"]}`)
	if err != nil {
		t.Fatal(err)
	}
	periods := r.Output["periods"].List()
	unsaid, empty, said := periods[0].Record(), periods[1].Record(), periods[2].Record()
	for _, c := range []struct {
		desc string
		got  geo.Value
		want string
	}{
		{"share of what nobody states", unsaid["share"], "null"},
		{"its interval", unsaid["share_upper"], "null"},
		{"sums of what nobody states", unsaid["sums"], `{"cost":null,"killed":null}`},
		{"rate of it", unsaid["rates"].Record()["killed"], `{"lower":null,"of":0,"per_record":null,"upper":null}`},
		{"count of no records", empty["count"], "0"},
		{"sums of no records", empty["sums"], `{"cost":0,"killed":0}`},
		{"share of no records", empty["share"], "null"},
		{"sums with a negative number", said["sums"], `{"cost":-1,"killed":0}`},
		{"its rate has no interval", said["rates"].Record()["cost"], `{"lower":null,"of":1,"per_record":-1,"upper":null}`},
	} {
		if c.got.String() != c.want {
			t.Errorf("%s: %v, want %s", c.desc, c.got, c.want)
		}
	}
	// None killed in one incident that says so: Garwood's 0 to 3.689.
	if upper := said["rates"].Record()["killed"].Record()["upper"].Float(); math.Abs(upper-3.689) > 5e-4 {
		t.Errorf("0 killed: upper %v", upper)
	}
	r, err = execute(w, `{"filter":"killed > 5","hits":"category = 'ied'","sum":["killed"],"period":"none"}`)
	if err != nil || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Text, "No record is counted") {
		t.Errorf("nothing selected: %q, %v", r.Warnings, err)
	}
}

// TestSumsOfSeveralFields adds fields within each record, and takes no record
// that leaves one of them out.
func TestSumsOfSeveralFields(t *testing.T) {
	r, err := execute(small(t), `{"period":"none","sum":["killed+killed","killed+cost"]}`)
	if err != nil {
		t.Fatal(err)
	}
	total := r.Output["total"].Record()
	if got := total["sums"].String(); got != `{"killed+cost":4.5,"killed+killed":22}` {
		t.Errorf("sums %s", got)
	}
	if got := total["nulls"].String(); got != `{"killed+cost":6,"killed+killed":1}` {
		t.Errorf("nulls %s", got)
	}
}

func TestGroups(t *testing.T) {
	for _, c := range []struct{ inputs, want string }{
		{`{"groupby":"category","period":"none"}`, `"ied"=4 "mine"=2 null=1 `},
		{`{"groupby":"category"}`, `"ied"=3 "mine"=1 null=1 `},
		{`{"groupby":"killed","period":"none"}`, `0=2 1=1 2=1 3=1 5=1 null=1 `},
		{`{"groupby":"night","period":"none"}`, `null=7 `},
		{`{"groupby":"hour(time)","period":"none"}`, `0=3 null=2 12=1 23=1 `},
		{`{"groupby":"WEEKDAY(\"time\")"}`, `1=2 4=1 6=1 7=1 `},
		{`{"period":"none"}`, ``},
	} {
		r, err := execute(small(t), c.inputs)
		if err != nil {
			t.Errorf("%s: %v", c.inputs, err)
			continue
		}
		got := ""
		for _, g := range r.Output["groups"].List() {
			got += fmt.Sprintf("%v=%d ", g.Record()["value"], g.Record()["count"].Int())
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.inputs, got, c.want)
		}
	}
}

// TestBadQuestions wants errors by the name of the input.
func TestBadQuestions(t *testing.T) {
	for _, c := range []struct{ inputs, where, want string }{
		{`{"collection":"nowhere"}`, "collection", "there is no collection"},
		{`{"collection":"towns"}`, "period", "have no time; ask with the period none"},
		{`{"period":"fortnight"}`, "period", "must be one of"},
		{`{"period":"day","datetime":"1900-01-01/2018-01-01"}`, "period", "more than 5000 periods of a day"},
		{`{"datetime":"2018-12-31/2018-01-01"}`, "datetime", "ends before it starts"},
		{`{"datetime":"soon"}`, "datetime", "is not a day"},
		{`{"sum":["category"]}`, "sum", "category is a string; the fields of numbers are: killed, cost, precision"},
		{`{"sum":["wounded"]}`, "sum", `has no field "wounded"; the fields of numbers are: killed`},
		{`{"sum":"killed"}`, "sum", "list of strings"},
		{`{"sum":["killed+"]}`, "sum", `has no field ""`},
		{`{"sum":["killed+category"]}`, "sum", "category is a string"},
		{`{"groupby":"colour"}`, "groupby", `has no field "colour"; the fields of texts, whole numbers, or true and false are: category`},
		{`{"groupby":"cost"}`, "groupby", "cost is a number"},
		{`{"groupby":"time"}`, "groupby", "time is a time"},
		{`{"groupby":"hour(killed)"}`, "groupby", "killed is a integer; the fields of times are: time"},
		{`{"groupby":"hour()"}`, "groupby", `has no field ""; the fields of times are: time`},
		{`{"groupby":"hour(time"}`, "groupby", `has no field "hour(time"`},
		{`{"groupby":"hour(time)","timezone":"Africa/Nowhere"}`, "timezone", `there is no time zone "Africa/Nowhere"; name one of the IANA database`},
		{`{"groupby":"hour(time)","timezone":"Local"}`, "timezone", "there is no time zone"},
		{`{"groupby":"hour(time)","timezone":""}`, "timezone", "there is no time zone"},
		{`{"groupby":"hour(time)","timezone":"../etc"}`, "timezone", "there is no time zone"},
		{`{"groupby":"category","timezone":"Africa/Bamako"}`, "timezone", "goes with groupby of an hour or a weekday"},
		{`{"timezone":"Africa/Bamako"}`, "timezone", "goes with groupby"},
		{`{"groupby":"minute(time)"}`, "groupby", `has no field "minute(time)"`},
		{`{"hits":"outcome = 'found'"}`, "hits", "at character 1"},
		{`{"hits":""}`, "hits", "the filter is empty"},
		{`{"filter":"killed >"}`, "filter", "at the end"},
		{`{"bbox":[1,2,3]}`, "bbox", "four numbers"},
		{`{"bbox":[0,5,1,4]}`, "bbox", "south edge"},
		{`{"bbox":[0,0,1,200]}`, "bbox", "latitudes"},
		{`{"colour":"red"}`, "colour", "there is no such input"},
	} {
		_, err := execute(small(t), c.inputs)
		e, ok := err.(*geo.Error)
		if !ok || e.Where != c.where || !strings.Contains(e.Text, c.want) || e.Code == geo.Internal {
			t.Errorf("%s: %v, want %s: %s", c.inputs, err, c.where, c.want)
		}
	}
}

// TestLimits guards against a day of the year 1 among those of today, and a
// group for each record.
func TestLimits(t *testing.T) {
	far := []geo.Feature{record(geo.Instant(at("2018-01-01")), "a", 1, nil), record(geo.Instant(at("0001-01-01")), "b", 1, nil)}
	if _, err := execute(world(layertest.Build(t, schema, far...)), `{}`); geo.CodeOf(err) != geo.TooLarge || !strings.Contains(err.Error(), "from 0001-01-01 to 2018-01-01") {
		t.Errorf("2,000 years of months: %v", err)
	}
	if r, err := execute(world(layertest.Build(t, schema, far...)), `{"period":"year"}`); err != nil || len(r.Output["periods"].List()) != 2018 {
		t.Errorf("2,000 years: %v", err)
	}
	var many []geo.Feature
	for i := range 1001 {
		many = append(many, record(geo.Instant(at("2018-01-01")), fmt.Sprint(i), 1, nil))
	}
	if _, err := execute(world(layertest.Build(t, schema, many...)), `{"groupby":"category"}`); geo.CodeOf(err) != geo.TooLarge || !strings.Contains(err.Error(), "more than 1000 different values") {
		t.Errorf("a group each: %v", err)
	}
}

// TestClocksAgreeWithFilters counts each hour and weekday by a filter of the
// function with the same name.
func TestClocksAgreeWithFilters(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	w := world(randomLayer(t, r))
	for _, group := range []string{"hour(time)", "weekday(time)"} {
		a, err := execute(w, fmt.Sprintf(`{"period":"none","groupby":%q}`, group))
		if err != nil {
			t.Fatal(err)
		}
		groups := a.Output["groups"].List()
		if len(groups) < 7 {
			t.Errorf("%s: %d groups", group, len(groups))
		}
		for _, g := range groups {
			is := "time IS NULL"
			if v := g.Record()["value"]; !v.Null() {
				is = fmt.Sprintf("%s = %v", group, v)
			}
			b, err := execute(w, fmt.Sprintf(`{"period":"none","filter":%q}`, is))
			if err != nil {
				t.Fatal(err)
			}
			if want := b.Output["total"].Record()["count"]; g.Record()["count"] != want {
				t.Errorf("%s: %v, want %v", is, g.Record()["count"], want)
			}
		}
	}
}

// TestClocksInLocalTime tells hours and weekdays by the rules of the zone: of
// half hours, on both sides of a change of the clocks, and where a country
// moved to another zone.
func TestClocksInLocalTime(t *testing.T) {
	for _, c := range []struct {
		desc, zone, time string
		hour, weekday    int64
	}{
		{"UTC", "UTC", "2018-08-31T23:45:00Z", 23, 5},
		{"as UTC", "Africa/Bamako", "2018-08-31T23:45:00Z", 23, 5},
		{"half an hour, into the next day", "Asia/Yangon", "2018-08-31T17:30:00Z", 0, 6},
		{"half an hour, just before it", "Asia/Yangon", "2018-08-31T17:29:59Z", 23, 5},
		{"three quarters of an hour", "Asia/Kathmandu", "2018-08-31T17:15:00Z", 23, 5},
		{"west, into Sunday before", "America/Port-au-Prince", "2018-01-01T04:00:00Z", 23, 7},
		{"before the clocks go on", "Asia/Beirut", "2018-03-24T21:59:59Z", 23, 6},
		{"after they went on at midnight: no hour 0", "Asia/Beirut", "2018-03-24T22:00:00Z", 1, 7},
		{"before they go back", "Asia/Beirut", "2018-10-27T20:30:00Z", 23, 6},
		{"the same hour again", "Asia/Beirut", "2018-10-27T21:30:00Z", 23, 6},
		{"Sudan before it moved", "Africa/Khartoum", "2017-10-31T20:30:00Z", 23, 2},
		{"and after", "Africa/Khartoum", "2017-11-01T21:30:00Z", 23, 3},
	} {
		w := world(layertest.Build(t, schema, record(geo.Instant(at(c.time)), "ied", 0, nil)))
		for clock, want := range map[string]int64{"hour": c.hour, "weekday": c.weekday} {
			r, err := execute(w, fmt.Sprintf(`{"period":"none","groupby":"%s(time)","timezone":%q}`, clock, c.zone))
			if err != nil {
				t.Errorf("%s: %v", c.desc, err)
				continue
			}
			if got := r.Output["groups"].List()[0].Record()["value"]; got != geo.Int(want) {
				t.Errorf("%s: %s %v, want %d", c.desc, clock, got, want)
			}
			if r.Parameters["timezone"].Text() != c.zone {
				t.Errorf("%s: the answer does not say its zone", c.desc)
			}
		}
	}
}

func ExampleProcess() {
	t := &testing.T{}
	r, err := execute(small(t), `{"period":"none","hits":"category = 'ied'","sum":["killed"]}`)
	total := r.Output["total"].Record()
	fmt.Printf("%v of %v (%.0f %%, %.0f to %.0f), %v killed, %v\n", total["hits"], total["decided"],
		100*total["share"].Float(), 100*total["share_lower"].Float(), 100*total["share_upper"].Float(), total["sums"].Record()["killed"], err)
	// Output: 4 of 6 (67 %, 30 to 90), 11 killed, <nil>
}
