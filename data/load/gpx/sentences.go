package gpx

import "bivouac/geo"

// What is wrong with a file or one of its elements.
const (
	noLine        geo.Sentence = "gpx-no-line: has no two points that follow one another, so that it is no line"
	noPlace       geo.Sentence = "gpx-no-place: a point at lat={lat} lon={lon} is no place; both are degrees with a point for decimals"
	noElevation   geo.Sentence = "gpx-no-elevation: {value} is no elevation; write metres"
	shortSegments geo.Sentence = "gpx-short-segments: segments of tracks with less than two points, left out: {n}"
	longTrack     geo.Sentence = "gpx-long-track: a track has more than {most} points; cut it"
)
