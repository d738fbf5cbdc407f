package geo

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of trouble an Error is. The surfaces map it, in one
// table each, to an HTTP status or an exit code.
type Code string

// The codes. A code is part of the contract; its text is not.
const (
	Invalid       Code = "invalid"       // the question or the data is malformed
	NotFound      Code = "not-found"     // no such collection, item, process
	Gone          Code = "gone"          // it was, and was taken away
	Conflict      Code = "conflict"      // the stored state forbids it
	Precondition  Code = "precondition"  // the revision asked for is not the stored one
	Forbidden     Code = "forbidden"     // this reader or origin may not
	Unauthorized  Code = "unauthorized"  // nobody signed in
	Unacceptable  Code = "unacceptable"  // no such form of the answer
	Unsupported   Code = "unsupported"   // no such form of the question
	NotAllowed    Code = "not-allowed"   // the resource does not take this method
	TooLarge      Code = "too-large"     // over a stated limit
	Unavailable   Code = "unavailable"   // not yet, or not now
	Unconditional Code = "unconditional" // a change must say which revision it is of
	Delayed       Code = "delayed"       // too many of them; try again later
	Cancelled     Code = "cancelled"     // the asker went away
	Internal      Code = "internal"      // a fault of ours; its cause is never shown
)

// Error is the one error type that people see. Text is a plain sentence that
// says what is wrong and what to do; Where names the parameter, or the file,
// row and field. Cause, if any, is for the log alone.
type Error struct {
	Code  Code
	Text  string
	Where string
	Cause error

	Clashes []Clash // of an undo that was refused

	said *Said // nil where the Text is in English alone
}

// Errorf returns an Error. A %w verb sets its Cause and prints it as %v does.
func Errorf(code Code, where, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Text: err.Error(), Where: where, Cause: errors.Unwrap(err)}
}

// ErrorOf returns an Error that says a sentence. An error among its values is
// the Cause.
func ErrorOf(code Code, where string, s Sentence, values ...any) *Error {
	said := s.With(values...)
	e := &Error{Code: code, Text: said.Text, Where: where, said: &said}
	for _, v := range values {
		if cause, ok := v.(error); ok {
			e.Cause = cause
		}
	}
	return e
}

// Refusal returns an Error that says it.
func (s *Said) Refusal(code Code, where string) *Error {
	return &Error{Code: code, Text: s.Text, Where: where, said: s}
}

// Said returns what is said, without a word on where that may stand before it
// in the Text; in English alone where it has no code.
func (e *Error) Said() Said {
	if e.said == nil || !strings.HasSuffix(e.Text, e.said.Text) {
		return Said{Text: e.Text}
	}
	return *e.said
}

// SaidBy returns what an error says, without where: in English alone where it is
// no Error that says a sentence.
func SaidBy(err error) *Said {
	said := Said{Text: err.Error()}
	if e := new(Error); errors.As(err, &e) {
		said = e.Said()
	}
	return &said
}

// Error prints where, then what.
func (e *Error) Error() string {
	if e.Where == "" {
		return e.Text
	}
	return e.Where + ": " + e.Text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf returns the code of the first Error in err's chain, Internal for any
// other error, and "" for nil.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	}
	return Internal
}
