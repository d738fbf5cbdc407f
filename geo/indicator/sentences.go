package indicator

import "bivouac/geo"

// What limits the figures of an answer.
const (
	noRecord      geo.Sentence = "figures-no-record: No record is counted: there are no shares and no rates."
	timeCuts      geo.Sentence = "figures-time-cuts: The asked time begins or ends within a {period}: the first or the last one is shorter than the others."
	recordsLast   geo.Sentence = "figures-records-last: {n} of {of} records lasted, or are known only to, more than a {period}; each counts in the one in which it began."
	hitsUnstated  geo.Sentence = "figures-hits-unstated: {n} of {of} records do not state whether they are hits; the share is of the others."
	fieldUnstated geo.Sentence = "figures-field-unstated: {n} of {of} records do not state {field}: they are in no sum of it, and its rates are per record that does."
	fieldNegative geo.Sentence = "figures-field-negative: Some records state less than 0 for {field}: its rates have no interval."
	fieldInLumps  geo.Sentence = "figures-field-in-lumps: One record may add several to {field} at once, and these are not independent: the intervals of its rates are those of a Poisson count scaled by the dispersion {dispersion} (sum of squares over sum). They take the records to be independent of each other."
	notInRatio    geo.Sentence = "figures-not-in-ratio: {n} of {of} records do not state both {field} and {other}, and are not in the ratio."
	notInDelay    geo.Sentence = "figures-not-in-delay: {n} of {of} records do not state both {field} and {other}, and are not in the delay; what is not reported yet is among them, so the newest look faster than they will."
	delayBackward geo.Sentence = "figures-delay-backward: {n} records have their {field} before their {other}: the delay is below 0, and one of the two times wrong."
)
