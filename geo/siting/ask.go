package siting

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"bivouac/geo"
	"bivouac/geo/process"
)

// Until ends a search at a time: context.WithTimeout, which no package of
// questions may call for itself, for it has no clock.
type Until func(context.Context, time.Duration) (context.Context, context.CancelFunc)

// asked is one question, and its answer.
type asked struct {
	*survey
	model  Model
	answer Answer
	far    float64 // more than any way
}

func (s *survey) ask() (*asked, error) {
	a := &asked{survey: s}
	if err := a.rules(); err != nil {
		return nil, err
	}
	s.beyond()
	if len(s.demand) == 0 {
		return nil, noWays(byInput)
	}
	a.far = farthest(s.cost)
	return a, a.limits()
}

func farthest(cost [][]float64) float64 {
	far := 1.0
	for _, row := range cost {
		for _, c := range row {
			if !math.IsInf(c, 1) {
				far = max(far, c)
			}
		}
	}
	return far
}

// rules say how many sites there may be, and which stay or are barred.
func (a *asked) rules() error {
	m := &a.model
	m.Sites = len(a.sites)
	kept, left := 0, 0
	for j, x := range a.sites {
		if x.keep {
			kept++
			if m.Open == nil {
				m.Open = make([]bool, m.Sites)
			}
			m.Open[j] = true
		}
		if x.barred == "" {
			left++
			continue
		}
		if m.Shut == nil {
			m.Shut = make([]bool, m.Sites)
		}
		m.Shut[j] = true
	}
	if left == 0 {
		return geo.Errorf(geo.Conflict, closeInput, "every site is barred, by %s or %s; leave some to choose from", closeInput, mostThreatInput)
	}
	if v := a.in[numberInput]; !v.Null() {
		if m.Most = int(v.Int()); a.placing() {
			m.Most += kept
		} else if m.Most < kept {
			return geo.Errorf(geo.Conflict, numberInput, "%d bases are to be kept, and no more than %d sites are asked for; raise the number or keep fewer", kept, m.Most)
		}
	}
	return nil
}

func (a *asked) prices() Measure {
	return a.bySite(func(x *site) float64 {
		if math.IsNaN(x.price) {
			return 0
		}
		return x.price
	})
}

func (a *asked) exposures() Measure { return a.bySite(func(x *site) float64 { return x.exposure }) }

func (a *asked) bySite(of func(*site) float64) Measure {
	m := Measure{Site: make([]float64, len(a.sites))}
	for j := range a.sites {
		m.Site[j] = of(&a.sites[j])
	}
	return m
}

func (a *asked) uncovered(times int) Measure {
	return Uncovered(a.cost, a.weights(), a.within(), times)
}

func (a *asked) median() Measure { return Median(a.cost, a.weights(), a.far) }

func (a *asked) limit(name string, m Measure, most float64) {
	a.model.Limits = append(a.model.Limits, Limit{name, m, most})
}

func (a *asked) limits() error {
	if v := a.in[budgetInput]; !v.Null() {
		a.limit(budgetInput, a.prices(), v.Float())
	}
	if v := a.in[leastCoverInput]; !v.Null() {
		a.limit(leastCoverInput, a.uncovered(1), a.weight()*(1-v.Float()))
	}
	if v := a.in[sumThreatInput]; !v.Null() {
		a.limit(sumThreatInput, a.exposures(), v.Float())
	}
	if a.in[secondInput].Bool() {
		m := Uncovered(a.cost, nil, a.within(), 2)
		a.limit(secondInput, a.able(m, 2, noSecondWithin), 0)
	}
	if v := a.in[medicalInput]; !v.Null() {
		if len(a.care.points) == 0 {
			return geo.Errorf(geo.Invalid, priorityFilter, "no selected place is one that must have surgery in time; widen the filter or leave out %s", medicalInput)
		}
		a.surgery()
	}
	return nil
}

// surgery limits who is without it in time: nobody or, where a share is
// enough, so much of the weight.
func (a *asked) surgery() {
	share := a.in[leastSurgeryInput].Float()
	if share >= 1 {
		a.limit(medicalInput, a.care.unmet(nil), 0)
		return
	}
	all := 0.0
	for _, w := range a.care.needing {
		all += w
	}
	a.limit(medicalInput, a.care.unmet(a.care.needing), all*(1-share))
}

// able leaves out the terms that too few sites can ever serve, and says so.
func (a *asked) able(m Measure, times int, unable geo.Sentence) Measure {
	all := len(m.Terms)
	m.Terms = slices.DeleteFunc(m.Terms, func(t Term) bool {
		n := 0
		for _, o := range t.Options {
			if a.sites[o.Site].barred == "" {
				n++
			}
		}
		return n < times
	})
	if n := all - len(m.Terms); n > 0 {
		a.warn(unable, n, all, a.within(), a.unit())
	}
	return m
}

func (a *asked) weight() float64 {
	sum := 0.0
	for i := range a.demand {
		sum += a.demand[i].weight
	}
	return sum
}

// solve finds the answer to what is asked for.
func (a *asked) solve(ctx context.Context, s Search) error {
	objective := a.in[objectiveInput].Text()
	if a.model.Most == 0 && (objective == pMedian || objective == maximalCover || objective == pCenter) && a.in[budgetInput].Null() {
		return geo.Errorf(geo.Invalid, numberInput, "say how many sites there may be, or give a budget: with all of them nobody is worse off")
	}
	var err error
	switch objective {
	case maximalCover:
		a.model.Objective = a.uncovered(1)
		a.answer, err = Solve(ctx, &a.model, s)
	case setCover:
		a.limit("cover", a.able(Uncovered(a.cost, nil, a.within(), 1), 1, noSiteWithin), 0)
		a.model.Objective = Number(len(a.sites))
		if a.answer, err = Solve(ctx, &a.model, s); a.answer.Sites != nil {
			a.refine(ctx, s, Limit{numberInput, a.model.Objective, a.answer.Value})
		}
	case backupCover:
		err = a.backup(ctx, s)
	case pCenter:
		if a.answer, err = Center(ctx, &a.model, a.cost, s); a.answer.Sites != nil {
			a.refine(ctx, s, Limit{"cover", Uncovered(a.cost, nil, a.answer.Value, 1), 0})
		}
	default:
		err = a.pMedian(ctx, s)
	}
	if err != nil {
		return err
	}
	return a.conflict(ctx, s)
}

// refine takes, of the sets that are as good as the answer, the one from which
// people travel least; the first one where the time ends before.
func (a *asked) refine(ctx context.Context, s Search, asGood Limit) {
	a.model.Limits = append(a.model.Limits, asGood)
	x := a.model
	x.Objective = a.median()
	if better, err := Solve(ctx, &x, s); err == nil && better.Sites != nil {
		a.answer.Sites = better.Sites
	}
	a.model.Objective = x.Objective
}

func (a *asked) backup(ctx context.Context, s Search) error {
	var cost [][]float64
	var weight []float64
	for i, row := range a.cost {
		if slices.ContainsFunc(indices(len(row)), func(j int) bool { return a.sites[j].barred == "" && row[j] <= a.within() }) {
			cost, weight = append(cost, row), append(weight, a.demand[i].weight)
		}
	}
	if n := len(a.cost) - len(cost); n > 0 {
		a.warn(noSiteWithin, n, len(a.cost), a.within(), a.unit())
	}
	var err error
	a.answer, err = Backup(ctx, &a.model, cost, weight, a.within(), s)
	a.limit("cover", Uncovered(cost, nil, a.within(), 1), 0)
	a.model.Objective = Uncovered(cost, weight, a.within(), 2)
	return err
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// pMedian is asked of as many people as can have a way at all: first the most,
// then the least that they travel.
func (a *asked) pMedian(ctx context.Context, s Search) (err error) {
	if a.in[capacityInput].Text() != "" {
		// Who is not served counts as ten times the farthest way.
		a.model.Objective = Median(a.cost, a.weights(), 10*a.far)
		a.model.Load = a.weights()
		for _, x := range a.sites {
			a.model.Capacity = append(a.model.Capacity, x.room)
		}
		a.answer, err = Solve(ctx, &a.model, s)
		return err
	}
	if a.gaps() {
		first := a.model
		first.Objective = Uncovered(a.cost, a.weights(), a.far, 1)
		a.answer, err = Solve(ctx, &first, s)
		if err != nil || a.answer.Sites == nil {
			return err
		}
		a.limit("reach", first.Objective, a.answer.Value)
	}
	a.model.Objective = a.median()
	a.answer, err = Solve(ctx, &a.model, s)
	return err
}

// gaps reports whether some way is wanting.
func (a *asked) gaps() bool {
	for _, row := range a.cost {
		if slices.ContainsFunc(row, func(c float64) bool { return math.IsInf(c, 1) }) {
			return true
		}
	}
	return false
}

// conflict is the error for a question without an answer, or for one that was
// stopped before it had one.
func (a *asked) conflict(ctx context.Context, s Search) error {
	if a.answer.Sites != nil {
		return nil
	}
	if !a.answer.Infeasible {
		return geo.Errorf(geo.Conflict, limitInput, "in this time no set of sites was found that keeps every limit, and none was proved not to be; give it longer or loosen limits")
	}
	m := a.model
	if a.in[objectiveInput].Text() == pCenter {
		m.Limits = append(slices.Clone(m.Limits), Limit{"reach", Uncovered(a.cost, nil, a.far, 1), 0})
	}
	names, sure := Conflict(ctx, &m, s)
	if !sure || len(names) == 0 {
		return geo.Errorf(geo.Conflict, objectiveInput, "no set of sites keeps every limit, and the time ran out before it was sure which of them conflict; loosen one or give it longer")
	}
	words := make([]string, len(names))
	where := ""
	for i, n := range names {
		words[i] = a.ruleInWords(n)
		if where == "" && processInputOf(n) != "" {
			where = processInputOf(n)
		}
	}
	if len(words) == 1 && names[0] == medicalInput {
		met, share := a.care.most(a.model.Sites, a.model.Shut)
		return geo.Errorf(geo.Conflict, where, "cannot be met, whatever is chosen: %s; with every site that may be chosen %d of %d places have it, %g of the weight: give more minutes, or ask for a smaller share by %s", words[0], met, len(a.care.needs), share, leastSurgeryInput)
	}
	if len(words) == 1 {
		return geo.Errorf(geo.Conflict, where, "cannot be met, whatever is chosen: %s; loosen it", words[0])
	}
	return geo.Errorf(geo.Conflict, where, "these cannot be met together: %s; any one of them loosened is of help", strings.Join(words, "; "))
}

// processInputOf is the input that a rule comes from.
func processInputOf(rule string) string {
	switch rule {
	case TooFew:
		return numberInput
	case Staying:
		return keepInput
	case Barred:
		return closeInput
	case "cover", "reach":
		return objectiveInput
	}
	return rule
}

func (a *asked) ruleInWords(rule string) string {
	in := a.in
	switch rule {
	case TooFew:
		return fmt.Sprintf("no more than %d sites (%s)", a.model.Most, numberInput)
	case Staying:
		return fmt.Sprintf("the bases that stay open (%s)", keepInput)
	case Barred:
		return fmt.Sprintf("the sites that are barred (%s, %s)", closeInput, mostThreatInput)
	case "cover":
		return fmt.Sprintf("every place within %g %s of a site", a.within(), a.unit())
	case "reach":
		return "a way to every place"
	case budgetInput:
		return fmt.Sprintf("prices of no more than %g in all (%s)", in[budgetInput].Float(), rule)
	case leastCoverInput:
		return fmt.Sprintf("at least %g of the weight within %g %s (%s)", in[leastCoverInput].Float(), a.within(), a.unit(), rule)
	case secondInput:
		return fmt.Sprintf("a second site within %g %s (%s)", a.within(), a.unit(), rule)
	case medicalInput:
		if share := in[leastSurgeryInput].Float(); share < 1 {
			return fmt.Sprintf("surgery within %g minutes (%s) for at least %g of the weight (%s)", in[medicalInput].Float(), rule, share, leastSurgeryInput)
		}
		return fmt.Sprintf("surgery within %g minutes (%s)", in[medicalInput].Float(), rule)
	case sumThreatInput:
		return fmt.Sprintf("an exposure of no more than %g in all (%s)", in[sumThreatInput].Float(), rule)
	}
	return rule
}

// figures rounds to six figures.
func figures(v float64) float64 {
	if v == 0 || math.IsInf(v, 0) {
		return v
	}
	unit := math.Pow(10, 5-math.Floor(math.Log10(math.Abs(v))))
	return math.Round(v*unit) / unit
}

// search is how the inputs ask to search.
func search(in geo.Values, progress process.Progress) Search {
	return Search{Seed: uint64(in[seedInput].Int()), Told: func(value, bound float64, nodes int) {
		if math.IsInf(value, 1) {
			return // nothing is found yet
		}
		share := 0
		if value > 0 && bound > 0 {
			share = int(100 * min(1, bound/value))
		}
		progress(share, 100, bestSoFar.With(figures(value), figures(bound), nodes))
	}}
}
