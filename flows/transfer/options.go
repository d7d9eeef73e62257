package transfer

// Options are the options of an import.
type Options struct {
	SeparateBadLines bool                               // SeparateBadLines imports the lines without problems, even if other lines have problems.
	KeepLineTexts    bool                               // KeepLineTexts adds the text of lines with problems to the result.
	Full             bool                               // Full says that the file has all records of the bank, so that records missing in it have ended.
	MayEnd           *int                               // MayEnd is the maximum number of records that may end in a full file; nil means the usual share.
	Progress         func(phase Phase, done, all int64) // Progress is called often during an import. It may be nil.
}

func (o Options) reportProgress(phase Phase, done, all int64) {
	if o.Progress != nil {
		o.Progress(phase, done, all)
	}
}

// A Phase is a stage of an import.
type Phase string

const (
	// In PhaseReading, done counts bytes of the file. Only the caller knows the size of the file, so all is 0.
	PhaseReading   Phase = "reading"
	PhaseWriting   Phase = "writing" // In PhaseWriting, done and all count entries in the store.
	PhaseNotifying Phase = "telling" // In PhaseNotifying, done and all count customers who are notified of a change.
)
