package gpkg

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"math"
	"time"

	"bivouac/geo"
)

// audit appends an entry to the chain, in the transaction at hand. Each entry
// is hashed together with the hash before it, so that nobody changes or takes
// out one without all that follow.
func (w *writer) audit(e *geo.Entry) {
	if e.At == 0 {
		e.At = geo.TimeOf(time.Now())
	}
	var seq int64
	var before []byte
	err := w.row("SELECT id, hash FROM bivouac_audit ORDER BY id DESC LIMIT 1", nil, &seq, &before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		w.err = err
		return
	}
	hash := chained(before, seq+1, e)
	w.exec("INSERT INTO bivouac_audit VALUES (?,?,?,?,?,?,?,?,?)",
		seq+1, int64(e.At), e.Who, e.From, string(e.Act), e.Question, e.Count, int64(e.Highest), hash)
}

// chained is the hash of an entry behind the one of the hash before.
func chained(before []byte, seq int64, e *geo.Entry) []byte {
	h := sha256.New()
	var b []byte
	for _, s := range []string{string(before), e.Who, e.From, string(e.Act), e.Question} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	for _, n := range []int64{seq, int64(e.At), int64(e.Count), int64(e.Highest)} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	h.Write(b)
	return h.Sum(nil)
}

// Entries returns the lines of the audit before the sequence number, 0 for its
// end, the newest first, at most limit of them.
func (f *File) Entries(ctx context.Context, before int64, limit int) ([]geo.AuditLine, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	return collect(f.path, ask(ctx, f.db, scanAudit, auditRead+" WHERE id<? ORDER BY id DESC LIMIT ?", before, limit))
}

const auditRead = "SELECT id, at, who, origin, act, question, records, highest, hash FROM bivouac_audit"

func scanAudit(r *sql.Rows, l *geo.AuditLine) error {
	var hash []byte
	err := r.Scan(&l.Seq, &l.At, &l.Who, &l.From, &l.Act, &l.Question, &l.Count, &l.Highest, &hash)
	copy(l.Hash[:], hash)
	return err
}

// auditRoom is how many entries may wait to be written. More would mean that
// the disk does not keep up: then nothing classified is read.
const auditRoom = 4096

// auditWait is how long an entry waits for others to be written with.
const auditWait = 250 * time.Millisecond

// auditQueue is the entries that wait.
type auditQueue struct {
	entries chan geo.Entry
	stop    chan struct{}
	done    chan struct{}
}

// Audit takes an entry, which is on the disk within a second, and returns at
// once. It fails where too many wait.
func (f *File) Audit(e geo.Entry) error {
	if e.At == 0 {
		e.At = geo.TimeOf(time.Now())
	}
	select {
	case f.auditing.entries <- e:
		return nil
	default:
		return geo.Errorf(geo.Unavailable, "audit", "the audit log cannot keep up, and nothing classified is read without it; try again, and see to the disk of the server")
	}
}

func (f *File) startAudit() {
	q := auditQueue{make(chan geo.Entry, auditRoom), make(chan struct{}), make(chan struct{})}
	f.auditing = q
	go func() {
		defer close(q.done)
		tick := time.NewTicker(auditWait)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				f.flushAudit()
			case <-q.stop:
				f.flushAudit()
				return
			}
		}
	}()
}

func (f *File) stopAudit() {
	if f.auditing.stop != nil {
		close(f.auditing.stop)
		<-f.auditing.done
	}
}

// flushAudit writes what waits. What cannot be written goes on to wait, and
// while it does, no more is taken from the queue than that.
func (f *File) flushAudit() {
	for len(f.auditing.entries) > 0 && len(f.unwritten) < auditRoom {
		f.unwritten = append(f.unwritten, <-f.auditing.entries)
	}
	if len(f.unwritten) == 0 {
		return
	}
	err := f.write(func(w *writer) error {
		for i := range f.unwritten {
			w.audit(&f.unwritten[i])
		}
		return w.err
	})
	if err == nil {
		f.unwritten = f.unwritten[:0]
	}
}
