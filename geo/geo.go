// Package geo holds the words that the whole house speaks: what a record, a
// schema, a change, a reader and a question are.
//
// It has no algorithms and does no input or output. The questions asked of
// these words are the packages beneath it; the only geometry types are those
// of paulmach/orb, in degrees, longitude before latitude.
package geo
