package layer

import "bivouac/geo"

// secrecy marks the rows of a base that are above unclassified, so that a run
// of them is counted by words and not row by row.
type secrecy struct {
	classified bits // confidential or above
	top        bits // strictly confidential
}

func secrecyOf(p *page) secrecy {
	var classified, top []uint32
	for n, c := range p.classes.s {
		if c > geo.Unclassified {
			classified = append(classified, uint32(n))
		}
		if c == geo.StrictlyConfidential {
			top = append(top, uint32(n))
		}
	}
	return secrecy{bits{}.with(classified), bits{}.with(top)}
}

// marks reports whether the rows that a question gives are to be looked at for
// their class. Where nobody watches, or nothing that the reader sees can be
// classified, they cost nothing.
func (p *pulse) marks(q *question) bool {
	return p.watched && q.ceiling > geo.Unclassified && q.page.classes.s != nil
}

// see takes one row into the tally.
func (p *pulse) see(pg *page, n uint32) { p.tally.see(1, pg.classes.at(n)) }

// seeRun takes the living rows from..to-1 of a base into the tally, of which
// the reader sees all.
func (p *pulse) seeRun(b *base, dead bits, from, to uint32) {
	n := b.secrecy.classified.countBut(dead, from, to)
	if n == 0 {
		return
	}
	p.tally.see(n, geo.Confidential)
	if p.tally.Highest < geo.StrictlyConfidential && b.secrecy.top.countBut(dead, from, to) > 0 {
		p.tally.Highest = geo.StrictlyConfidential
	}
}
