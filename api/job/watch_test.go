package job_test

import (
	"context"
	"testing"

	"bivouac/api/job"
	"bivouac/geo"
)

// TestSince follows two jobs by what happens to them.
func TestSince(t *testing.T) {
	q := queue(t, nil)
	first, err := q.Keep(job.Job{Owner: ana, Process: "first"}, job.Outcome{})
	if err != nil {
		t.Fatal(err)
	}
	all, turn, moved := q.Since(0, ana)
	if len(all) != 1 || all[0].ID != first.ID {
		t.Fatalf("at first: %+v", all)
	}
	if again, same, _ := q.Since(turn, ana); len(again) != 0 || same != turn {
		t.Errorf("nothing happened, and yet: %+v", again)
	}
	over := make(chan struct{})
	second, err := q.Start(job.Job{Owner: ana, Process: "second"}, func(_ context.Context, progress func(int, int, geo.Said)) (job.Outcome, error) {
		progress(1, 2, geo.Said{Text: "half"})
		<-over
		return job.Outcome{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	<-moved
	if strangers, _, _ := q.Since(0, job.Owner{Name: "bea"}); len(strangers) != 0 {
		t.Errorf("bea sees %+v", strangers)
	}
	close(over)
	status := job.Status("")
	for status != job.Successful {
		var now []job.Job
		now, turn, moved = q.Since(turn, ana)
		for _, j := range now {
			if j.ID != second.ID {
				t.Fatalf("%+v, of which nothing is new", j)
			}
			status = j.Status
		}
		if status != job.Successful {
			<-moved
		}
	}
	if _, err := q.Dismiss(first.ID, ana); err != nil {
		t.Fatal(err)
	}
	<-moved
	if now, _, _ := q.Since(turn, ana); len(now) != 1 || now[0].ID != first.ID || now[0].Status != job.Dismissed {
		t.Errorf("dismissed: %+v", now)
	}
}
