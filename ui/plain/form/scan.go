package form

import (
	"fmt"
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// sayPhoneAccess writes how to connect a phone: the address, the code and the time left.
func sayPhoneAccess(s *dialogue.Session, scan flow.PhoneAccess) {
	s.Out.WriteGap()
	if s.Desk.App.IsLocalOnly() {
		s.Say(words.LocalOnlyText)
	}
	s.SayFact(words.PhoneAddressLabel, text.SameInBoth(scan.Address))
	s.SayFact(words.PhoneCodeLabel, text.SameInBoth(scan.Code))
	s.SayFact(words.PhoneNumberLabel, text.SameInBoth(scan.MatchNumber))
	s.Out.WriteGap()
	s.Say(waitTimeText(scan.Until.Sub(s.Desk.Clock.Now())))
}

// waitTimeText returns how long the desk will still wait for a phone, in minutes and seconds.
func waitTimeText(left time.Duration) text.Text {
	seconds := int((left + time.Second - 1) / time.Second)
	nl, en := formatCount(seconds/60, "minuut", "minuten"), formatCount(seconds/60, "minute", "minutes")
	switch rest := seconds % 60; {
	case seconds < 60:
		nl, en = formatCount(rest, "seconde", "seconden"), formatCount(rest, "second", "seconds")
	case rest > 0:
		nl, en = nl+" en "+formatCount(rest, "seconde", "seconden"), en+" and "+formatCount(rest, "second", "seconds")
	}
	return text.New(
		"Je hebt nog "+nl+". Zodra je telefoon antwoordt, gaan we vanzelf verder.",
		"You have "+en+" left. As soon as your phone answers, we go on by ourselves.")
}

// formatCount returns a number with its noun.
func formatCount(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}
