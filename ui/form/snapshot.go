package form

import (
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/theme"
)

// snapshot is a copy of the texts of the current step. The form draws it while a submit is running, because the flow may
// change during the submit.
type snapshot struct {
	title, body, note *text.Text
	// hints and remarks have one element for each field. A remark is a warning about the typed answer.
	hints, remarks []*text.Text
	rules          [][]ruleState
	offers         []place.ID
	step           flow.Step
	scan           *scanView // scan has the QR code that the step shows, or is nil.
}

// ruleState is a rule for a new password, with the verdict on the typed password.
type ruleState struct {
	text    text.Text
	verdict flow.AnswerVerdict
}

// textOrNil returns the result of a function, or nil if the function is nil.
func textOrNil(text func() text.Text) *text.Text {
	if text == nil {
		return nil
	}
	t := text()
	return &t
}

// scanView is the data with which a phone reaches the desk, and their QR code.
type scanView struct {
	flow.PhoneAccess
	code theme.QRCode
}

// renewScan returns the data that a step shows for phones. It returns s if they have not changed, so that the QR code is not
// computed again.
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
