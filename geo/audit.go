package geo

// Entry is one line of the audit log: who did what, and how high it was
// classified. It holds no record.
type Entry struct {
	At       Time   // 0 is the moment of writing
	Who      string // name of the grant; "" for nobody who signed in
	From     string // address of the asker; "" for the program itself
	Act      Act
	Question string // what was asked or done, in one line
	Count    int    // records that the act read or changed
	Highest  Class  // the highest class among them
}

// AuditLine is an Entry as the log holds it. The hash covers the line and the
// hash of the one before it: a line that was changed or taken out shows.
type AuditLine struct {
	Seq int64 // counts up by one from 1
	Entry
	Hash [32]byte
}

// Act is what an Entry tells of.
type Act string

// The acts.
const (
	ActSignIn  Act = "sign-in"
	ActRefused Act = "sign-in-refused"
	ActSignOut Act = "sign-out"
	ActRead    Act = "read" // of records above unclassified
	ActChange  Act = "change"
	ActExport  Act = "export"
	ActToken   Act = "token"
	ActBackup  Act = "backup"
)
