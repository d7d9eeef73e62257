package plain

import (
	"context"
	"errors"
	"fmt"
	"io"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/handover"
	"loket/ui/plain/dialogue"
	"loket/ui/plain/pages"
	"loket/ui/words"
)

// Options are the options of a desk. The zero value is for a desk that was started by hand.
type Options = dialogue.Options

// ErrOutputClosed means that the output can no longer be written, because its reader is gone.
var ErrOutputClosed = errors.New("nobody can read what the desk writes")

// Run serves visitors, one after the other, until the input ends, the visitor stops the desk, or ctx is done. None of these is
// an error. It returns ErrOutputClosed if the output can no longer be written. Before it returns, it waits for all work on the
// store.
func Run(ctx context.Context, desk *desk.Desk, o Options, in io.Reader, out io.Writer) error {
	s := &session{Session: dialogue.New(ctx, desk, o, in, out)}
	defer s.In.Close()
	defer s.cancelGroup.Wait()
	s.beginDesk(o.Handover.Take())
	for {
		ending := s.serveVisit()
		switch {
		case ending.GoesOn:
			o.Handover.Give(s.leaveForScreen())
			return nil
		case o.Handover.IsAway() && !ending.StopsDesk:
			s.recordEnd(ending)
			o.Handover.Give(s.EndedVisit(ending))
			return nil
		}
		s.endVisit(ending)
		if !ending.StopsDesk {
			s.beginNextVisitor()
			continue
		}
		if err := s.Out.Flush(); err != nil {
			return fmt.Errorf("%w: %w", ErrOutputClosed, err)
		}
		return nil
	}
}

// beginDesk begins the first visit, or continues what the full screen has given, which may be nil.
func (s *session) beginDesk(given *handover.Visit) {
	if given != nil && given.Visit != nil {
		s.takeOver(given)
		return
	}
	if given != nil {
		s.IgnoreInputUntil(given.IgnoreUntil)
		s.Say(given.Farewell)
		s.Out.WriteGap()
	}
	s.sayWelcome()
	s.beginNextVisitor()
}

// beginNextVisitor begins a visit of another visitor.
func (s *session) beginNextVisitor() {
	s.ResetIdle()
	s.beginVisit()
}

// The texts about the desk itself.
var (
	helpHintText     = text.New("Typ hulp voor hulp. For English, type English.", "Type help for help. Nederlands? Typ Nederlands.")
	demoText         = text.New("Dit is een demo met verzonnen klanten. Typ /demo voor wie je kunt zijn, de post en de klok.", "This is a demo with fictional customers. Type /demo for who you can be, the mail and the clock.")
	echoWarning      = text.New("Let op: wat je typt, blijft hier zichtbaar, ook je wachtwoord. Wil je dat niet? Maak dan opnieuw verbinding, met ssh -t.", "Note: what you type stays visible here, your password too. Do you not want that? Then connect again, with ssh -t.")
	stoppedText      = text.New("Het loket is gestopt. Tot ziens!", "The desk has stopped. Goodbye!")
	staysVisibleText = text.New("Wat hierboven staat, kan dit loket niet wissen. Ben je niet de enige die dit scherm gebruikt? Sluit dan het venster.", "This desk cannot erase what is above. Does anyone else use this screen? If so, close the window.")
)

// sayWelcome writes the name of the desk, the time, and how to get help.
func (s *session) sayWelcome() {
	name := words.DeskName
	if s.Desk.Operator != "" {
		name = words.ServiceDeskName
	}
	s.Say(words.Concat(text.SameInBoth("mijn.nn "), name))
	s.Say(words.FormatDateTime(s.Desk.Clock.Now()))
	s.Say(helpHintText)
	if s.Options.IsEchoed {
		s.Say(echoWarning)
	}
	if s.Options.Demo != nil {
		s.Say(demoText)
	}
}

// serveVisit serves the visit, and returns its ending.
func (s *session) serveVisit() *dialogue.VisitEnding {
	for {
		s.cancelClosedFlows()
		s.reportPlace()
		var n dialogue.NextAction
		err := dialogue.Recover(func() (err error) {
			s.StartNewPage()
			n, err = s.Screens.Top().Show(s.Session)
			return err
		})
		if err == nil {
			err = dialogue.Recover(func() error { return s.followNextAction(n) })
		}
		if err != nil {
			err = dialogue.Recover(func() error { return s.runEndingCommand(err) })
		}
		if ending, is := errors.AsType[*dialogue.VisitEnding](err); is {
			return ending
		}
		if err != nil {
			s.showApology(err)
		}
	}
}

// reportPlace reports the place that is shown, or no place if no visitor is there.
func (s *session) reportPlace() {
	at := s.Screens.TopPlace()
	if !s.HasVisitor() {
		at = ""
	}
	s.Options.Presence.SetPlace(at)
}

// endVisit records that the visitor left, says goodbye, and scrolls the text of the visit out of sight. It cannot erase that text, and
// tells the visitor so (R19).
func (s *session) endVisit(ending *dialogue.VisitEnding) {
	s.recordEnd(ending)
	if s.HasVisitor() && ending.Why != flow.ReasonDisconnected {
		s.Out.PushOutOfSight()
	}
	s.Out.WriteGap()
	s.Say(ending.Farewell)
	if s.HasVisitor() && s.Out.AtTerminal() {
		s.Say(staysVisibleText)
	}
	if ending.StopsDesk {
		s.Say(stoppedText)
	}
	s.Language = s.Options.Language
	_ = s.Out.Flush() // The Flush in Run returns this error.
}

// recordEnd ends the flows of a visit, and records that the visitor left. It discards typed input.
func (s *session) recordEnd(ending *dialogue.VisitEnding) {
	s.In.DiscardInput()
	s.In.RevealInput()
	s.cancelAllFlows()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.Context), recordLeavingTimeout)
	defer cancel()
	if err := s.Visit.LogOut(ctx, ending.Why); err != nil {
		s.Options.Log.Error("leave", "visit", s.Visit.ID, "error", err)
	}
}

// showApology closes all screens except home, because they may be in any state after a panic, and opens an apology. The details
// only go to the log.
func (s *session) showApology(err error) {
	where := ""
	if f, is := errors.AsType[*dialogue.Fault](err); is {
		where = f.Where
	}
	s.Options.Log.Error("fault", "visit", s.Visit.ID, "what", err, "where", where)
	s.Screens.KeepLowestScreens(1)
	s.Screens.Push(pages.NewOutcome("", words.FaultStep(), nil, false))
}
