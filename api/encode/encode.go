// Package encode answers how an answer leaves: in which media type and coding,
// under which tag, and in what pieces.
//
// A [Body] is bytes appended to a pooled buffer. An answer that fits in it
// goes out in one write with its length; a longer one streams, piece by piece,
// and every piece has a deadline, so that a reader who stops reading is let
// go. What the bytes say is written elsewhere.
package encode
