package auditlog

import (
	"fmt"

	"loket/store/checkpoint"
)

// Verification is the result of Verify.
type Verification struct {
	Newest         checkpoint.Checkpoint // the head of the log; zero if nothing was ever folded
	Erased         int                   // entries about a customer who was forgotten
	Queued         int                   // entries that are not folded yet, which no checkpoint covers
	MatchedOutside int                   // checkpoints from outside that fit the log
	Fault          *Fault                // the first one; nil if the log is sound
}

// Fault is a fault in the audit log. The first bad entry is between First and Last, which
// are equal if it is known exactly. Both are NoEntry if the fault is not in an entry.
type Fault struct {
	First, Last int64
	What        string
}

// NoEntry is the number in a Fault that is not in an entry.
const NoEntry = -1

func (f *Fault) Error() string {
	switch {
	case f.First == NoEntry:
		return f.What
	case f.First == f.Last:
		return fmt.Sprintf("entry %d %s", f.First, f.What)
	}
	return fmt.Sprintf("one of the entries %d to %d %s", f.First, f.Last, f.What)
}

func entryFault(number int64, format string, args ...any) error {
	return &Fault{number, number, fmt.Sprintf(format, args...)}
}

func logFault(format string, args ...any) error { return entryFault(NoEntry, format, args...) }
