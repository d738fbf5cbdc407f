package tile

import (
	"math"
	"math/big"
	"testing"

	"bivouac/geo/randtest"
)

// TestSumIsExact compares with sums of unlimited precision, in two orders.
func TestSumIsExact(t *testing.T) {
	r := randtest.New(t, 11)
	for range 2000 {
		numbers := make([]float64, 1+r.IntN(30))
		want := new(big.Float).SetPrec(2200)
		for i := range numbers {
			numbers[i] = math.Ldexp(float64(r.IntN(1<<20)-1<<19), r.IntN(120)-60)
			if i > 0 && r.IntN(3) == 0 {
				numbers[i] = -numbers[i-1] * float64(r.IntN(2)+1)
			}
			want.Add(want, new(big.Float).SetFloat64(numbers[i]))
		}
		exact, _ := want.Float64()
		for range 2 {
			var s sum
			for _, n := range numbers {
				s.add(n)
			}
			if got := s.float(); got != exact {
				t.Fatalf("the sum of %v is %v, want %v", numbers, got, exact)
			}
			r.Shuffle(len(numbers), func(i, j int) { numbers[i], numbers[j] = numbers[j], numbers[i] })
		}
	}
}
