// Package randtest is the chance that tests leave things to.
package randtest

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// New returns a generator whose seed the log of a failed test shows; set
// BIVOUAC_SEED to run with the same one again. Streams of one seed differ.
func New(t testing.TB, stream uint64) *rand.Rand {
	t.Helper()
	return rand.New(rand.NewPCG(Seed(t), stream))
}

// Seed returns the seed that BIVOUAC_SEED sets, else a random one, and logs it.
func Seed(t testing.TB) uint64 {
	t.Helper()
	seed := rand.Uint64()
	if s, err := strconv.ParseUint(os.Getenv("BIVOUAC_SEED"), 10, 64); err == nil {
		seed = s
	}
	t.Logf("BIVOUAC_SEED=%d", seed)
	return seed
}
