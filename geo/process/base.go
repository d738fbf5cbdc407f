package process

import "bivouac/geo"

// IsOpen reports whether a record of bases stands for a base that is there: its
// status is open, or it states none. Codes are open, so that any other, one
// that we do not know too, is of a base that is not.
func IsOpen(base geo.Row) bool { return OpenStatus(base.Named("status").Text()) }

// OpenStatus is [IsOpen] of a status.
func OpenStatus(status string) bool { return status == "" || status == "open" }
