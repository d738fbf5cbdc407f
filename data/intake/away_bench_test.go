package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bivouac/geo/staging"
)

// BenchmarkTakeAway brings records and takes nearly all of them away again, both
// as a file that is compared and approved. away/bring is how many times as long
// the approval of the deletions takes as that of the additions.
func BenchmarkTakeAway(b *testing.B) {
	for _, rows := range []int{20_000, 200_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			var bring, away time.Duration
			for b.Loop() {
				d := newDesk(b)
				approved := func(rows int) time.Duration {
					var text strings.Builder
					text.WriteString("source_id,name,lon,lat\n")
					for i := range rows {
						fmt.Fprintf(&text, "%[1]d,row %[1]d,%.4f,%.4f\n", i, float64(i*7919%3_600_000)/1e4-180, float64(i*104_729%1_800_000)/1e4-90)
					}
					x := d.send(editor, "places.csv", text.String(), staging.Options{Collection: "places", Whole: true})
					begun := time.Now()
					d.approve(x, editor)
					return time.Since(begun)
				}
				bring += approved(rows)
				away += approved(10)
			}
			b.ReportMetric(bring.Seconds()/float64(b.N), "bring-s/op")
			b.ReportMetric(away.Seconds()/float64(b.N), "away-s/op")
			b.ReportMetric(away.Seconds()/bring.Seconds(), "away/bring")
		})
	}
}
