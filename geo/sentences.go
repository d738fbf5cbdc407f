package geo

// Why no store takes a record.
const (
	noClass    Sentence = "no-class: {value} is not a classification; write unclassified, confidential or strictly_confidential"
	endsEarly  Sentence = "ends-early: ends before it starts: {interval}"
	belowLeast Sentence = "below-least: {value} is below {least}, the least that is taken"
	aboveMost  Sentence = "above-most: {value} is above {most}, the most that is taken"
)
