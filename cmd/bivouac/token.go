package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"bivouac/api/auth"
	"bivouac/data/gpkg"
	"bivouac/geo"
)

// tokenCmd makes, lists and revokes tokens, also while a server has the store.
type tokenCmd struct {
	Add    tokenAddCmd    `cmd:"" help:"Make a token, and print it once."`
	List   tokenListCmd   `cmd:"" help:"List the tokens, without their secrets."`
	Revoke tokenRevokeCmd `cmd:"" help:"End a token at once."`
}

type tokenAddCmd struct {
	Name    string   `arg:"" help:"Who it is for; it stands in the history."`
	Store   string   `required:"" help:"The store." type:"existingfile" placeholder:"FILE.gpkg"`
	Role    string   `help:"What the holder may do: ${enum}." enum:"reader,analyst,editor,administrator" default:"reader"`
	Ceiling string   `help:"Highest classification that the holder sees: ${enum}." enum:"unclassified,confidential,strictly_confidential" default:"unclassified"`
	Mission []string `help:"A mission whose records the holder sees, besides what all share; all missions without it. May be repeated." placeholder:"CODE"`
	Days    int      `help:"Days until it ends; 0 is never." default:"90"`
	OIDC    string   `name:"oidc" help:"Instead of a token: the e-mail address or subject that the identity provider vouches for." placeholder:"ADDRESS"`
}

// Run writes the grant, and prints the token, of which the store keeps a hash.
func (k tokenAddCmd) Run(ctx context.Context, c console) error {
	rank, err := geo.ParseRank(k.Role)
	if err != nil {
		return err
	}
	ceiling, err := geo.ParseClass(k.Ceiling)
	if err != nil {
		return err
	}
	if strings.TrimSpace(k.Name) == "" || k.Days < 0 {
		return geo.Errorf(geo.Invalid, "name", "give the holder a name, and --days as 0 or more")
	}
	now := geo.TimeOf(time.Now())
	g := &geo.Grant{Name: k.Name, Subject: k.OIDC, Rank: rank, Reader: geo.Reader{Ceiling: ceiling, Missions: k.Mission}, Made: now}
	if k.Days > 0 {
		g.Expires = now + geo.Time(k.Days)*geo.Day
	}
	token, id, hash := auth.Mint()
	g.ID = id
	if k.OIDC == "" {
		g.Hash = hash
	}
	file, err := gpkg.OpenBeside(ctx, k.Store)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := file.AddGrant(g, whoami()); err != nil {
		return err
	}
	if k.OIDC != "" {
		c.say("%s may sign in by the identity provider as %s.", k.OIDC, k.Role)
		return nil
	}
	c.say("This is the token of %s. It is shown this once: keep it where passwords are kept.", k.Name)
	_, err = fmt.Fprintln(c.out, token)
	return err
}

type tokenListCmd struct {
	Store string `required:"" help:"The store." type:"existingfile" placeholder:"FILE.gpkg"`
}

// Run prints a line a grant.
func (k tokenListCmd) Run(ctx context.Context, c console) error {
	file, err := gpkg.OpenBeside(ctx, k.Store)
	if err != nil {
		return err
	}
	defer file.Close()
	grants, err := file.Grants()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "name\trole\tceiling\tmissions\tends\tstate")
	now := geo.TimeOf(time.Now())
	for i := range grants {
		g := &grants[i]
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", g.Name, g.Rank, g.Reader.Ceiling, missionsOf(g), endOf(g), stateOf(g, now))
	}
	return w.Flush()
}

func missionsOf(g *geo.Grant) string {
	if g.Reader.Missions == nil {
		return "all"
	}
	return strings.Join(g.Reader.Missions, ",")
}

func endOf(g *geo.Grant) string {
	if g.Expires == 0 {
		return "never"
	}
	return g.Expires.Std().Format(time.DateOnly)
}

func stateOf(g *geo.Grant, now geo.Time) string {
	switch {
	case g.Revoked != 0:
		return "revoked " + g.Revoked.Std().Format(time.DateOnly)
	case !g.Live(now):
		return "ended"
	case g.Subject != "":
		return "signs in as " + g.Subject
	}
	return "valid"
}

type tokenRevokeCmd struct {
	Name  string `arg:"" help:"Whose token."`
	Store string `required:"" help:"The store." type:"existingfile" placeholder:"FILE.gpkg"`
}

// Run ends the grant. A server that has the store open knows within a second.
func (k tokenRevokeCmd) Run(ctx context.Context, c console) error {
	file, err := gpkg.OpenBeside(ctx, k.Store)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := file.RevokeGrant(k.Name, whoami(), geo.TimeOf(time.Now())); err != nil {
		return err
	}
	c.say("The token of %s is revoked.", k.Name)
	return nil
}
