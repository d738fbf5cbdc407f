package watch

import (
	"sync"
	"time"

	"bivouac/geo"
	"bivouac/geo/alert"
)

// Limits of telling.
const (
	atOnce  = 8
	giveUp  = geo.Day // after which an address is not tried any more
	looking = time.Second
)

// Backoff is how long to wait before the try after so many: ten seconds, then
// twice as long each time, up to an hour.
func Backoff(tries int) geo.Time {
	return min(10*geo.Second<<min(tries-1, 10), 3600*geo.Second)
}

func (w *Watch) wake() {
	select {
	case w.told <- struct{}{}:
	default:
	}
}

// tellAll tells the addresses whose time has come.
func (w *Watch) tellAll() {
	look := time.NewTicker(looking)
	defer look.Stop()
	for w.all.Err() == nil {
		due, err := w.Keeper.Due(w.all, w.Now(), atOnce)
		if err != nil {
			w.pause("what is to be told cannot be read", err)
			continue
		}
		var tries sync.WaitGroup
		for i := range due {
			tries.Go(func() { w.tell(&due[i]) })
		}
		tries.Wait()
		if len(due) == atOnce {
			continue
		}
		select {
		case <-w.all.Done():
		case <-w.told:
		case <-look.C:
		}
	}
}

// tell tries one address, and notes what became of it. A try that the end of
// the server cut off counts for nothing.
func (w *Watch) tell(d *alert.Delivery) {
	a, there, err := w.Keeper.Alert(w.all, d.Alert)
	if err == nil && there {
		err = w.Send(w.all, d, &a)
	}
	if w.all.Err() != nil {
		return
	}
	w.settle(d, err)
	if err := w.Keeper.KeepDelivery(d); err != nil {
		w.pause("what was told cannot be kept, and may be told again", err)
	}
}

func (w *Watch) settle(d *alert.Delivery, err error) {
	now := w.Now()
	d.Tries++
	d.Problem = ""
	if err == nil {
		d.State, d.Next = alert.Delivered, now
		return
	}
	d.Problem = err.Error()
	d.Next = now + w.Wait(d.Tries)
	if geo.CodeOf(err) != geo.Unavailable || d.Next > d.Created+giveUp {
		d.State = alert.Failed
		w.Warn("an address is given up, which was to be told of "+d.Alert, err)
	}
}
