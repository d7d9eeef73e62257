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
	title, body, note *text.Text
	hints, remarks    []*text.Text // of the fields; a remark is on what was typed
	rules             [][]ruleState
	offers            []place.ID
	step              flow.Step
	scan              *scanView // what it shows; nil if nothing
}

// ruleState is a rule for a new secret, and what can be said of what is typed.
type ruleState struct {
	text    text.Text
	verdict flow.Verdict
}

// callText calls a text that may be nil.
func callText(text func() text.Text) *text.Text {
	if text == nil {
		return nil
	}
	t := text()
	return &t
}

// scanView is what a step shows, with the code that it comes to.
type scanView struct {
	flow.PhoneAccess
	code theme.QRCode
}

// renewScan is what a step shows, where s was shown before.
func (s *scanView) renewScan(step flow.Step) *scanView {
	if step.PhoneAccess == nil {
		return nil
	}
	shown := step.PhoneAccess()
	if s != nil && s.PhoneAccess == shown {
		return s
	}
	next := &scanView{PhoneAccess: shown}
	if shown.URL != "" {
		next.code = theme.NewQRCode(shown.URL)
	}
	return next
}
