package air

import (
	"math"
	"math/rand/v2"
	"testing"
)

func craft() Craft {
	return Craft{NoticeDayMin: 15, NoticeNightMin: 30, CruiseKMH: 220, RangeKM: math.NaN(), EnduranceH: math.NaN(), LoadMin: 7.5, Patients: 2, Night: true}
}

func TestReach(t *testing.T) {
	for _, c := range []struct {
		desc  string
		alter func(*Craft)
		q     Question
		km    float64
		limit Limit
		why   string
	}{
		// reference methods, TEST K: launch 15 (30), load 10 and offload 5, limit 120.
		{"an evacuation by day", nil, Question{Task: Evacuate, Minutes: 120}, 165, ByTime, ""},
		{"an evacuation by night", nil, Question{Task: Evacuate, Minutes: 120, Night: true}, 137.5, ByTime, ""},
		{"to arrive", nil, Question{Task: Arrive, Minutes: 60}, 165, ByTime, ""},
		{"the range there and back", func(c *Craft) { c.RangeKM = 300 }, Question{Task: Arrive, Minutes: 60}, 150, ByRange, ""},
		{"endurance with a stay", func(c *Craft) { c.EnduranceH = 1.5 }, Question{Task: Arrive, Minutes: 600, OnSceneM: 30}, 110, ByEndurance, ""},
		{"endurance with a load", func(c *Craft) { c.EnduranceH = 1 }, Question{Task: Evacuate, Minutes: 600}, 96.25, ByEndurance, ""},
		{"a watch", func(c *Craft) { c.EnduranceH = 6; c.CruiseKMH = 100 }, Question{Task: Watch, Minutes: 240}, 100, ByEndurance, ""},
		{"a watch longer than the flight", func(c *Craft) { c.EnduranceH = 3 }, Question{Task: Watch, Minutes: 240}, 0, "", NoEndurance},
		{"a watch of which nothing is known", nil, Question{Task: Watch, Minutes: 60}, 0, "", NoLimit},
		{"not ready", nil, Question{Task: Arrive, Minutes: 15}, 0, "", TooLate},
		{"ready, and no more", nil, Question{Task: Arrive, Minutes: 15.06}, 0.22, ByTime, ""},
		{"no night flight", func(c *Craft) { c.Night = false }, Question{Task: Arrive, Minutes: 60, Night: true}, 0, "", NotByNight},
		{"no speed", func(c *Craft) { c.CruiseKMH = math.NaN() }, Question{Task: Arrive, Minutes: 60}, 0, "", NoSpeed},
		{"no notice", func(c *Craft) { c.NoticeDayMin = math.NaN() }, Question{Task: Arrive, Minutes: 60}, 0, "", NoNotice},
		{"no room for a patient", func(c *Craft) { c.Patients = math.NaN() }, Question{Task: Evacuate, Minutes: 120}, 0, "", NoPatients},
		{"a load that is not stated", func(c *Craft) { c.LoadMin = math.NaN() }, Question{Task: Evacuate, Minutes: 75}, 110, ByTime, ""},
	} {
		k := craft()
		if c.alter != nil {
			c.alter(&k)
		}
		r, why := k.Reach(c.q)
		if why != c.why || why == "" && (math.Abs(r.Metres-c.km*1000) > 1e-6 || r.Limit != c.limit) {
			t.Errorf("%s: %.6f km by %s, %q; want %v by %s, %q", c.desc, r.Metres/1000, r.Limit, why, c.km, c.limit, c.why)
		}
	}
}

// TestReachGrows holds that more time, range and endurance never take reach away.
func TestReachGrows(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 2000 {
		c := craft()
		c.RangeKM, c.EnduranceH, c.NoticeDayMin = 900*r.Float64(), 8*r.Float64(), 90*r.Float64()
		q := Question{Task: []Task{Arrive, Evacuate, Watch}[r.IntN(3)], Minutes: 300 * r.Float64(), OnSceneM: 60 * r.Float64()}
		less, why := c.Reach(q)
		if why != "" {
			continue
		}
		more := c
		more.RangeKM, more.EnduranceH = c.RangeKM+10, c.EnduranceH+0.5
		if q.Task != Watch {
			q.Minutes += 20
		}
		if got, why := more.Reach(q); why != "" || got.Metres < less.Metres {
			t.Fatalf("%+v reaches %v, with more of all %v, %q", c, less.Metres, got.Metres, why)
		}
	}
}
