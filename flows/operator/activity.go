package operator

import (
	"loket/flows/text"
	"loket/store"
)

// These texts are what a customer reads about acts that both commands and the screen of the service desk can do.
var (
	BlockedActivityText    = text.New("Wij blokkeerden je toegang", "We blocked your access")
	UnblockedActivityText  = text.New("Wij gaven je weer toegang", "We gave you access again")
	UnlockedActivityText   = text.New("Wij haalden de blokkade na verkeerde antwoorden weg", "We lifted the block after wrong answers")
	NumberSentActivityText = text.New("Wij stuurden je een activatienummer", "We sent you an activation number")
)

// statusActivityTexts maps an outcome in the audit log to the text that the customer reads about it.
var statusActivityTexts = map[string]text.Text{
	customerBlocked: BlockedActivityText,
	customerActive:  UnblockedActivityText,
}

// OperatorActivityText returns the text that a customer reads about something an operator did, by its entry in the audit log. The text
// is empty if the entry is not for customers.
func OperatorActivityText(e store.AuditEntry) text.Text {
	switch {
	case e.Flow == numberAuditFlow && e.Outcome == outcomeNumberIssued:
		return text.New("Wij maakten een activatienummer voor je", "We made an activation number for you")
	case e.Flow == numberAuditFlow && e.Outcome == outcomeNumberSent:
		return NumberSentActivityText
	case e.Flow == numberAuditFlow && e.Outcome == outcomeNumberRevoked:
		return text.New("Wij trokken een activatienummer in", "We withdrew an activation number")
	case e.Flow == store.AuditOperator && e.Outcome == outcomeAccountOpened:
		return text.New("Wij maakten je account voor je", "We made your account for you")
	case e.Flow == store.AuditOperator && e.Outcome == outcomeAccountUnlocked:
		return UnlockedActivityText
	}
	if told, is := statusActivityTexts[e.Outcome]; is && e.Flow == store.AuditOperator {
		return told
	}
	if e.Flow == store.AuditOperator && e.Step == importStep {
		return importActivityTexts[e.Outcome]
	}
	return text.Text{}
}
