package geo

// Commit is one committed Batch: who made the Version, when, why, and what it
// touched, as far as a reader may know.
type Commit struct {
	Version Version
	At      Time
	Author  string
	Reason  string
	Undoes  Version // the Commit that this one took back; 0 for none
	Touches []Touch
}

// Touch counts what a Commit did to the records of one collection, or to the
// documents of one kind, that share a class and a mission. A record that moves
// from one class or mission to another counts as removed there and added here.
// A changed schema is a Touch without counts.
type Touch struct {
	Collection string // "" where Document is set
	Document   string // kind of document; "" where Collection is set
	Class      Class
	Mission    string
	Added      int
	Replaced   int
	Removed    int
}

// Past is one change of one record: what it was before and after. Before is
// nil for a record that was added, After for one that was removed, or where a
// reader may not see that state.
type Past struct {
	Commit     // without its Touches
	Collection string
	Key        Key
	Before     *Feature
	After      *Feature
}

// PastDoc is one change of one document, as Past is of a record.
type PastDoc struct {
	Commit
	Kind   string
	ID     string
	Before *Doc
	After  *Doc
}

// Receipt says what became of a Batch.
type Receipt struct {
	Version Version
	At      Time
	Keys    []Key // of the records of each change, in order
}

// Clash is a record that an undo would take back and that others have changed
// since. A nil Feature is a record that is not there.
type Clash struct {
	Collection string
	Key        Key
	Yours      *Feature // as the undo would put it back
	Theirs     *Feature // as it stands now
}
