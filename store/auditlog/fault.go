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
	Fault          *LogFault             // Fault is the first fault; nil if the log is intact.
}

// LogFault is a fault in the audit log. The first bad entry is between First and Last, which are equal if its number is known
// exactly. Both are NoEntry if the fault is not in an entry.
type LogFault struct {
	First, Last int64
	What        string
}

// NoEntry is the value of LogFault.First and LogFault.Last for a fault that is not in an entry.
const NoEntry = -1

func (f *LogFault) Error() string {
	switch {
	case f.First == NoEntry:
		return f.What
	case f.First == f.Last:
		return fmt.Sprintf("entry %d %s", f.First, f.What)
	}
	return fmt.Sprintf("one of the entries %d to %d %s", f.First, f.Last, f.What)
}

func newEntryFault(number int64, format string, args ...any) error {
	return &LogFault{number, number, fmt.Sprintf(format, args...)}
}

func newLogFault(format string, args ...any) error { return newEntryFault(NoEntry, format, args...) }
