package form

import (
	"fmt"
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// sayScan writes how to connect a phone: the address, the code and the time left.
func sayScan(s *dialogue.Session, is flow.Scan) {
	s.Out.Gap()
	if s.Desk.App.LocalOnly() {
		s.Say(words.LocalOnlyText)
	}
	s.SayFact(words.PhoneAddressLabel, text.Untranslated(is.Address))
	s.SayFact(words.PhoneCodeLabel, text.Untranslated(is.Code))
	s.SayFact(words.PhoneNumberLabel, text.Untranslated(is.Number))
	s.Out.Gap()
	s.Say(waitTimeText(is.Until.Sub(s.Desk.Clock.Now())))
}

// waitTimeText returns how long the desk still waits for a phone, in minutes and seconds.
func waitTimeText(left time.Duration) text.Text {
	seconds := int((left + time.Second - 1) / time.Second)
	nl, en := counted(seconds/60, "minuut", "minuten"), counted(seconds/60, "minute", "minutes")
	switch rest := seconds % 60; {
	case seconds < 60:
		nl, en = counted(rest, "seconde", "seconden"), counted(rest, "second", "seconds")
	case rest > 0:
		nl, en = nl+" en "+counted(rest, "seconde", "seconden"), en+" and "+counted(rest, "second", "seconds")
	}
	return text.New(
		"Je hebt nog "+nl+". Zodra je telefoon antwoordt, gaan we vanzelf verder.",
		"You have "+en+" left. As soon as your phone answers, we go on by ourselves.")
}

// counted returns a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}
