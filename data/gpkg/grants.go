package gpkg

import (
	"context"
	"database/sql"
	"encoding/json"
	"sync"
	"time"

	"bivouac/geo"
)

// grantCache holds the grants for a moment: the token command writes them in
// a process of its own, and a revoked token must not live on.
type grantCache struct {
	mu    sync.Mutex
	until time.Time
	list  []geo.Grant
}

const grantsFresh = 500 * time.Millisecond

// Grants returns all grants, also those that are over. What another process
// changed shows within half a second.
func (f *File) Grants() ([]geo.Grant, error) {
	c := &f.grants
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	if now.Before(c.until) {
		return c.list, nil
	}
	list, err := collect(f.path, ask(context.Background(), f.db, scanGrant,
		"SELECT public, name, hash, subject, rank, ceiling, missions, made, expires, revoked FROM bivouac_grant ORDER BY id"))
	if err != nil {
		return nil, err
	}
	c.list, c.until = list, now.Add(grantsFresh)
	return list, nil
}

func scanGrant(r *sql.Rows, g *geo.Grant) error {
	var hash []byte
	var rank string
	var missions sql.NullString
	err := r.Scan(&g.ID, &g.Name, &hash, &g.Subject, &rank, &g.Reader.Ceiling, &missions, &g.Made, &g.Expires, &g.Revoked)
	if err != nil {
		return err
	}
	copy(g.Hash[:], hash)
	if g.Rank, err = geo.ParseRank(rank); err != nil || !missions.Valid {
		return err
	}
	return json.Unmarshal([]byte(missions.String), &g.Reader.Missions)
}

// AddGrant lets somebody in, and writes so into the audit.
func (f *File) AddGrant(g *geo.Grant, by string) error {
	var missions any
	if g.Reader.Missions != nil {
		b, err := json.Marshal(g.Reader.Missions)
		if err != nil {
			return err
		}
		missions = string(b)
	}
	return f.write(func(w *writer) error {
		var n int
		if err := w.row("SELECT count(*) FROM bivouac_grant WHERE name=? AND revoked=0", []any{g.Name}, &n); err != nil {
			return explain(f.path, err)
		}
		if n > 0 {
			return geo.Errorf(geo.Conflict, "name", "there is a token named %q already; revoke it first, or choose another name", g.Name)
		}
		w.exec("INSERT INTO bivouac_grant (public, name, hash, subject, rank, ceiling, missions, made, expires, revoked) VALUES (?,?,?,?,?,?,?,?,?,0)",
			g.ID, g.Name, g.Hash[:], g.Subject, g.Rank.String(), int64(g.Reader.Ceiling), missions, int64(g.Made), int64(g.Expires))
		w.audit(&geo.Entry{Who: by, Act: geo.ActToken, Question: "made " + g.Name + ", " + g.Rank.String() + " up to " + g.Reader.Ceiling.String()})
		return nil
	})
}

// RevokeGrant ends the grant of the name.
func (f *File) RevokeGrant(name, by string, at geo.Time) error {
	return f.write(func(w *writer) error {
		var n int
		if err := w.row("SELECT count(*) FROM bivouac_grant WHERE name=? AND revoked=0", []any{name}, &n); err != nil {
			return explain(f.path, err)
		}
		if n == 0 {
			return geo.Errorf(geo.NotFound, "name", "there is no token named %q that is not revoked; bivouac token list shows them", name)
		}
		w.exec("UPDATE bivouac_grant SET revoked=? WHERE name=? AND revoked=0", int64(at), name)
		w.audit(&geo.Entry{Who: by, Act: geo.ActToken, Question: "revoked " + name})
		return nil
	})
}
