package process

import "context"

type enoughKey struct{}

// Stoppable returns a context for a run that may be asked, by the function, for
// the best that it has so far. It may be asked at any time and more than once.
// Only a Process that is Anytime listens.
func Stoppable(ctx context.Context) (context.Context, func()) {
	enough, stop := context.WithCancel(context.Background())
	return context.WithValue(ctx, enoughKey{}, enough), stop
}

// Searching returns the context of a search that a run makes: it ends with ctx,
// and where the run is asked for the best that it has. Then it is ctx itself
// that tells whether the asker is still there.
func Searching(ctx context.Context) (context.Context, context.CancelFunc) {
	search, end := context.WithCancel(ctx)
	enough, ok := ctx.Value(enoughKey{}).(context.Context)
	if !ok {
		return search, end
	}
	if enough.Err() != nil {
		end()
	}
	forget := context.AfterFunc(enough, end)
	return search, func() { forget(); end() }
}
