package crs

import "testing"

var sink float64

func BenchmarkToUTM(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		u, _ := ToUTM(44.3661, 33.3152)
		sink += u.Easting
	}
}

func BenchmarkFromUTM(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		lon, _, _ := FromUTM(UTM{38, true, 440994.67, 3686410.21})
		sink += lon
	}
}

func BenchmarkFormatMGRS(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		s, _ := FormatMGRS(44.3661, 33.3152, 5)
		sink += float64(len(s))
	}
}

func BenchmarkParseMGRS(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		lon, _, _, _ := ParseMGRS("38SMB4099486410")
		sink += lon
	}
}
