package form

import (
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/theme"
)

// snapshot is what the form saw of its step when it last could look: while the flow
// is being worked on, what it says may change under the reader.
type snapshot struct {
	says, tells, note *text.Text
	hints, remarks    []*text.Text // of the fields; a remark is on what was typed
	rules             [][]ruleState
	offers            []place.ID
	step              flow.Step
	scan              *scan // what it shows; nil if nothing
}

// ruleState is a rule for a new secret, and what can be said of what is typed.
type ruleState struct {
	says    text.Text
	verdict flow.Verdict
}

// textOf calls a text that may be nil.
func textOf(text func() text.Text) *text.Text {
	if text == nil {
		return nil
	}
	t := text()
	return &t
}

// scan is what a step shows, with the code that it comes to.
type scan struct {
	flow.Scan
	code theme.QRCode
}

// next is what a step shows, where s was shown before.
func (s *scan) next(step flow.Step) *scan {
	if step.Scan == nil {
		return nil
	}
	shown := step.Scan()
	if s != nil && s.Scan == shown {
		return s
	}
	next := &scan{Scan: shown}
	if shown.URL != "" {
		next.code = theme.NewQRCode(shown.URL)
	}
	return next
}
