package quality

import (
	"cmp"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
)

// Gap is a stretch without a record that is longer than chance makes it at the
// rate of the records before and after.
type Gap struct {
	Group      string
	Start, End geo.Time // the records before and after, or the ends of the asked time
	Records    int      // of the group
	MeanDays   float64  // from one record to the next, of the stretches about it
	P          float64  // of a stretch this long, or longer, anywhere among so many
}

const (
	leastForGaps = 20   // records of a group
	gapLevel     = 0.01 // greatest p of a gap that is told
	mostGaps     = 200
	gapNeighbors = 25 // stretches before, and after, that give the rate
)

// gaps looks for stretches without records, group by group.
func gaps(q *Query, rows []geo.Row) ([]Gap, error) {
	s := q.Layer.Schema()
	if !s.Timed() {
		return nil, nil
	}
	field := -1
	if q.GroupBy != "" {
		if err := process.CheckField(s, "groupby", q.GroupBy, "texts", func(k geo.Kind) bool { return k == geo.KindString }); err != nil {
			return nil, err
		}
		field = s.Field(q.GroupBy)
	}
	times := map[string][]geo.Time{}
	for _, row := range rows {
		at, ok := started(row)
		if !ok {
			continue
		}
		group := ""
		if field >= 0 {
			group = row.Value(field).Text()
		}
		times[group] = append(times[group], at)
	}
	var out []Gap
	for group, list := range times {
		out = append(out, gapsOf(group, list, q.Select.During)...)
	}
	slices.SortFunc(out, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.P, b.P), cmp.Compare(a.Group, b.Group), cmp.Compare(a.Start, b.Start))
	})
	return out[:min(len(out), mostGaps)], nil
}

// gapsOf returns the long gaps of one group, from end to end of the asked time
// where it has ends, else from the first record to the last.
func gapsOf(group string, times []geo.Time, during geo.Interval) (out []Gap) {
	if len(times) < leastForGaps {
		return nil
	}
	slices.Sort(times)
	ends := slices.Clone(times)
	if s := during.Start; s.Kind == geo.At && s.Time < times[0] {
		ends = slices.Insert(ends, 0, s.Time)
	}
	if e := during.End; e.Kind == geo.At && e.Time > times[len(times)-1] {
		ends = append(ends, e.Time)
	}
	spans := make([]float64, len(ends)-1)
	for i := range spans {
		spans[i] = days(ends[i+1] - ends[i])
	}
	for i := range spans {
		mean, others := meanAbout(spans, i)
		if p := float64(len(spans)) * longer(spans[i]/mean, others); p <= gapLevel {
			out = append(out, Gap{group, ends[i], ends[i+1], len(times), mean, p})
		}
	}
	return out
}

// meanAbout returns the mean of the stretches about one of them, without it,
// and how many they are.
func meanAbout(spans []float64, i int) (mean float64, n int) {
	from, to := max(0, i-gapNeighbors), min(len(spans), i+gapNeighbors+1)
	for j := from; j < to; j++ {
		if j != i {
			mean += spans[j]
			n++
		}
	}
	return mean / float64(n), n
}

// longer is the probability that one of n+1 stretches of a steady Poisson
// process is more than so many times as long as the mean of the n others: the
// ratio of an exponential to the mean of n others has the F distribution with
// 2 and 2n degrees of freedom.
func longer(times float64, n int) float64 { return math.Pow(1+times/float64(n), -float64(n)) }
