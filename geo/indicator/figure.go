package indicator

import "bivouac/geo/stat"

// Figure is what was counted of some records.
type Figure struct {
	Count     int   // records
	Hits      int   // of them: those for which Query.Hits is true
	Undecided int   // of them: those for which it is unknown
	Placeless int   // of them: those without a place
	Sums      []Sum // one for each of Query.Sums; nil where Count is 0

	Pairs stat.Pairs // of a ratio: the records that state both numbers
	Days  []float64  // of a delay: the days of each record that states both times
}

// Sum is the sum of one field.
type Sum struct {
	Total  float64
	Stated int // records that state a number; the others are in no sum
}

// Share is Hits of the Decided records, with Wilson's interval.
type Share struct {
	Decided int // the denominator
	Value   float64
	stat.Interval
}

// Share returns the share of hits among the records of which it is known; it
// is false where there are none.
func (f *Figure) Share() (Share, bool) {
	s := Share{Decided: f.Count - f.Undecided}
	i, ok := stat.Wilson(f.Hits, s.Decided, stat.Confidence)
	s.Interval = i
	if ok {
		s.Value = float64(f.Hits) / float64(s.Decided)
	}
	return s, ok
}

// Rate is a sum per record that states it, with an interval.
type Rate struct {
	Value float64
	stat.Interval
	Bounded bool // there is an interval
}

// Rate returns the sum per record that states it; it is false where there are
// none.
//
// Its interval is Garwood's of a Poisson count where no record adds more than
// one. What a single record adds, as an attack its casualties, is not
// independent: there the interval is of the sum divided by the dispersion,
// the sum of squares over the sum; see [stat.Scaled]. The dispersion is that
// of all records of the answer, since that of few is no measure. Records are
// taken to be independent of each other, and their number for given. There is
// no interval where a record adds less than nothing: such a sum is no count.
func (s Sum) Rate(dispersion float64) (Rate, bool) {
	if s.Stated == 0 {
		return Rate{}, false
	}
	n := float64(s.Stated)
	r := Rate{Value: s.Total / n}
	r.Interval, r.Bounded = stat.Scaled(s.Total, dispersion, stat.Confidence)
	r.Lower, r.Upper = r.Lower/n, r.Upper/n
	return r, true
}
