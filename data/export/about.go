package export

import (
	"strings"
)

// titleOf is what people call the records.
func titleOf(s Sheet) string {
	if s.Schema.Title != "" {
		return s.Schema.Title
	}
	return s.Schema.Name
}

// about is what a file says of itself in words, a line each: what it holds,
// how high it is classified, whose data it is, of when, and what it cannot
// hold.
func about(s Sheet, h *Holds) []string {
	var out []string
	if s.Schema.Description != "" {
		out = append(out, s.Schema.Description)
	}
	out = append(out, "Classification: "+s.Highest.String())
	if len(s.Attribution) > 0 {
		out = append(out, "Attribution: "+strings.Join(s.Attribution, "; "))
	}
	if s.At != 0 {
		out = append(out, "Changed: "+s.At.String())
	}
	if limits := limitsOf(s, h); len(limits) > 0 {
		out = append(out, "Not held by this format: "+strings.Join(limits, "; "))
	}
	return out
}

// limitsOf is what files of the sheet cannot hold.
func limitsOf(s Sheet, h *Holds) []string {
	asked := *s.Schema
	asked.Fields = newCells(s, h).fields
	return h.Limits(&asked)
}
