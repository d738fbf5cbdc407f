package geo

// Rank is the role of somebody among the users, which says what they may do.
// The values are ordered: each may do what those before it may.
type Rank uint8

// The four ranks.
const (
	Viewer        Rank = iota // reads, and runs analyses
	Analyst                   // also keeps documents: views, indicators, scenarios
	Editor                    // also changes records
	Administrator             // also changes collections, and reads the audit
)

var rankNames = [...]string{"reader", "analyst", "editor", "administrator"}

// Ranks returns the names of all ranks, the least first.
func Ranks() []string { return rankNames[:] }

// String prints the rank as parameters write it.
func (r Rank) String() string {
	if int(r) < len(rankNames) {
		return rankNames[r]
	}
	return "rank out of range"
}

// ParseRank reads what String prints.
func ParseRank(s string) (Rank, error) {
	for i, name := range rankNames {
		if s == name {
			return Rank(i), nil
		}
	}
	return 0, Errorf(Invalid, "role", "%q is not a role; write reader, analyst, editor or administrator", s)
}

// Grant lets somebody in: a named token, or a name that an identity provider
// vouches for.
type Grant struct {
	ID      string   // what a token begins with; public
	Name    string   // who it is, unique among grants that are not revoked
	Hash    [32]byte // SHA-256 of the token's secret; zero for none
	Subject string   // the provider's e-mail address or subject; "" for none
	Rank    Rank
	Reader  Reader
	Made    Time
	Expires Time // 0 is never
	Revoked Time // 0 is not
}

// Live reports whether the grant lets in at t.
func (g *Grant) Live(t Time) bool {
	return g.Revoked == 0 && (g.Expires == 0 || t < g.Expires)
}
