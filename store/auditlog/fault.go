package auditlog

import (
	"fmt"

	"loket/store/checkpoint"
)

// Verification is the result of Verify.
type Verification struct {
	Newest         checkpoint.Checkpoint // Newest is the newest checkpoint of the log; zero if nothing was ever folded.
	Erased         int                   // Erased counts entries about customers who were forgotten.
	Queued         int                   // Queued counts entries that are not folded yet, which no checkpoint covers.
	MatchedOutside int                   // MatchedOutside counts the checkpoints from outside that fit the log.
	Fault          *Fault                // Fault is the first fault; nil if the log is intact.
}

// Fault is a fault in the audit log. The first bad entry is between First and Last, which are equal if its number is known
// exactly. Both are NoEntry if the fault is not in an entry.
type Fault struct {
	First, Last int64
	What        string
}

// NoEntry is the value of Fault.First and Fault.Last for a fault that is not in an entry.
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
