// Package siting answers where to have sites: which bases to keep, where to
// open others, and how much worse any other choice would be.
//
// A question is a [Model] on plain values. [Solve] searches it by branch and
// bound and proves its answer.
package siting
