package plain

import (
	"context"
	"errors"
	"fmt"
	"io"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/plain/pages"
	"loket/ui/words"
)

// Options set the desk up. The zero value suits a desk that was started by hand.
type Options = dialogue.Options

// ErrUnread says that the output can no longer be written, because its reader is gone.
var ErrUnread = errors.New("nobody can read what the desk writes")

// Run serves visitors, one after the other, until the input ends, the visitor stops the desk,
// or ctx is done. None of these is an error. Run returns ErrUnread if the output can no longer
// be written. It returns once all work on the store is over.
func Run(ctx context.Context, desk *desk.Desk, o Options, in io.Reader, out io.Writer) error {
	s := &session{Session: dialogue.New(ctx, desk, o, in, out)}
	defer s.In.Close()
	defer s.cancels.Wait()
	s.welcome()
	for {
		over := s.receive()
		s.end(over)
		if !over.Stops {
			continue
		}
		if err := s.Out.Flush(); err != nil {
			return fmt.Errorf("%w: %w", ErrUnread, err)
		}
		return nil
	}
}

// Texts about the desk itself.
var (
	announcement     = text.New("Typ hulp voor hulp. For English, type English.", "Type help for help. Nederlands? Typ Nederlands.")
	demoTells        = text.New("Dit is een demo met verzonnen klanten. Typ /demo voor wie je kunt zijn, de post en de klok.", "This is a demo with fictional customers. Type /demo for who you can be, the mail and the clock.")
	stoppedText      = text.New("Het loket is gestopt. Tot ziens!", "The desk has stopped. Goodbye!")
	staysVisibleText = text.New("Wat hierboven staat, kan dit loket niet wissen. Ben je niet de enige die dit scherm gebruikt? Sluit dan het venster.", "This desk cannot erase what is above. Does anyone else use this screen? If so, close the window.")
)

// welcome writes the name of the desk, the time, and how to get help.
func (s *session) welcome() {
	s.Say(words.Concat(text.Untranslated("mijn.nn "), words.Desk))
	s.Say(words.DateTime(s.Desk.Clock.Now()))
	s.Say(announcement)
	if s.Options.Demo != nil {
		s.Say(demoTells)
	}
}

// receive serves one visit, and returns how it ended.
func (s *session) receive() *dialogue.Ending {
	s.Receive()
	s.begin()
	for {
		s.cancelClosed()
		var n dialogue.Next
		err := dialogue.Recover(func() (err error) {
			s.NewPage()
			n, err = s.Screens.Top().Show(s.Session)
			return err
		})
		if err == nil {
			err = dialogue.Recover(func() error { return s.goOn(n) })
		}
		if err != nil {
			err = dialogue.Recover(func() error { return s.handleCommand(err) })
		}
		if over, is := errors.AsType[*dialogue.Ending](err); is {
			return over
		}
		if err != nil {
			s.apologise(err)
		}
	}
}

// end records that the visitor left, and says goodbye. It discards typed input and pushes
// the text of the visit out of sight. It cannot erase that text, and says so (R19).
func (s *session) end(over *dialogue.Ending) {
	s.In.Forget()
	s.In.Reveal()
	s.cancelAll()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.Context), leaveTimeout)
	defer cancel()
	if err := s.Visit.Leave(ctx, over.Why); err != nil {
		s.Options.Log.Error("leave", "visit", s.Visit.ID, "error", err)
	}
	if s.SomebodyThere() && over.Why != flow.Disconnected {
		s.Out.PushOutOfSight()
	}
	s.Out.Gap()
	s.Say(over.Farewell)
	if s.SomebodyThere() && s.Out.AtTerminal() {
		s.Say(staysVisibleText)
	}
	if over.Stops {
		s.Say(stoppedText)
	}
	s.Language = s.Options.Language
	_ = s.Out.Flush() // an error comes back at the Flush in Run
}

// apologise closes all screens but home, because a fault may have left them in any state. It
// then opens an apology. The details go to the log alone.
func (s *session) apologise(err error) {
	where := ""
	if f, is := errors.AsType[*dialogue.Fault](err); is {
		where = f.Where
	}
	s.Options.Log.Error("fault", "visit", s.Visit.ID, "what", err, "where", where)
	s.Screens.Keep(1)
	s.Screens.Push(pages.NewOutcome("", words.ApologyStep(), nil, false))
}
