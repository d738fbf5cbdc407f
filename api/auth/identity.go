package auth

import (
	"slices"

	"bivouac/geo"
)

// Identity is who asks. Its zero value is to be made by [Nobody].
type Identity struct {
	Name    string // of the grant; "" for nobody
	Rank    geo.Rank
	Reader  geo.Reader
	Grant   string   // ID of the grant; "" for one who needed none
	Expires geo.Time // when the grant ends; 0 is never
}

// Nobody is who has not signed in: a reader of what all missions share.
func Nobody() Identity { return Identity{Reader: geo.Reader{Missions: []string{}}} }

// Local is who asks a server that has no grants: whoever reaches it.
func Local(r geo.Reader) Identity {
	return Identity{Name: "local", Rank: geo.Administrator, Reader: r}
}

// IdentityOf returns who holds the grant.
func IdentityOf(g *geo.Grant) Identity {
	return Identity{Name: g.Name, Rank: g.Rank, Reader: g.Reader, Grant: g.ID, Expires: g.Expires}
}

// Known reports whether it is anybody.
func (i Identity) Known() bool { return i.Name != "" }

// Holds reports whether the grant of somebody is live and as it was.
func Holds(grants []geo.Grant, i Identity, now geo.Time) bool {
	for j := range grants {
		if g := &grants[j]; g.ID == i.Grant {
			return g.Live(now) && IdentityOf(g).equal(i)
		}
	}
	return false
}

func (i Identity) equal(o Identity) bool {
	return i.Name == o.Name && i.Rank == o.Rank && i.Expires == o.Expires && sameReader(i.Reader, o.Reader)
}

func sameReader(a, b geo.Reader) bool {
	return a.Ceiling == b.Ceiling && (a.Missions == nil) == (b.Missions == nil) && slices.Equal(a.Missions, b.Missions)
}
