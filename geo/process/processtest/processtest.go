// Package processtest asks processes in tests as the API does.
package processtest

import (
	"context"
	"testing"

	"bivouac/geo/process"
)

// Run asks a process with inputs as JSON.
func Run(p process.Process, w process.World, body string) (process.Result, error) {
	in, err := process.Read(&p.In, []byte(body))
	if err != nil {
		return process.Result{}, err
	}
	return p.Execute(context.Background(), w, in, nil)
}

// Must is Run where an error fails the test.
func Must(t testing.TB, p process.Process, w process.World, body string) process.Result {
	t.Helper()
	r, err := Run(p, w, body)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return r
}
