package auditlog

import (
	"fmt"

	"loket/store/checkpoint"
)

// Verification is what was found of the audit log.
type Verification struct {
	Newest  checkpoint.Checkpoint // the head of the log; the zero one while nothing was ever folded
	Erased  int                   // entries about a customer who was forgotten
	Queued  int                   // entries that are not folded yet, which nothing vouches for
	Outside int                   // checkpoints from outside that the log fits
	Fault   *Fault                // the first one; nil if the log is sound
}

// Fault is what is wrong with the audit log. The first bad entry is from First
// up to Last: one and the same if it is known which one, and both NoEntry if it
// is not one of them.
type Fault struct {
	First, Last int64
	What        string
}

// NoEntry is the number of what is wrong with no entry.
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
