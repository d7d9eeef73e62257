package dialogue

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"time"

	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/fleet"
	"loket/ui/handover"
	"loket/ui/navigation"
	"loket/ui/plain/lines"
	"loket/ui/plain/spoken"
	"loket/ui/view"
	"loket/ui/words"
)

// Options are the options of a desk. The zero value is for a desk that was started by hand.
type Options struct {
	Language    text.Language           // Language is the language in which every visit begins. Empty means Dutch.
	WalkIn      bool                    // WalkIn is true if visitors must not be able to stop the desk.
	Demo        *demo.Sandbox           // Demo is the sandbox of a demo. It is nil if the desk is not a demo.
	Log         *slog.Logger            // Log receives errors, without personal data. It may be nil.
	ReportAlive func()                  // ReportAlive is called at every question, and every second until the answer. It may be nil.
	Presence    *fleet.TerminalPresence // Presence is told where the visitor is, and when there is input. It may be nil.
	Handover    *handover.Relay         // Handover takes visits to the full screen and back. It is nil if the terminal has no full screen.
	IsEchoed    bool                    // IsEchoed reports whether the visitor's own terminal shows everything that is typed. The desk cannot change that.
}

// A Screen is a place at the desk, or a part of a place. It writes its text, asks a question, and returns where the answer
// leads.
type Screen interface {
	// Show returns where to go next, or an error that says why its question was not answered.
	Show(*Session) (NextAction, error)
}

// NextAction says where to go after a screen. Only its first field that is not zero counts. The zero value shows the same screen
// again.
type NextAction struct {
	Move    navigation.Move
	Open    Screen // Open is a screen to open on top of the current one.
	Replace Screen // Replace is a screen to open in place of the current one.
	Typed   string // Typed is a command to run.
	Ended   bool   // Ended is true if the flow of the current screen has ended.
}

// NextMoveAction returns the Next that makes a move.
func NextMoveAction(m navigation.Move) NextAction { return NextAction{Move: m} }

// An VisitEnding is an error that ends the visit.
type VisitEnding struct {
	Why       flow.LogOutReason
	Farewell  text.Text
	StopsDesk bool // StopsDesk is true if the desk stops too.
	GoesOn    bool // GoesOn is true if the visit does not end, but continues on the full screen.
}

func (e *VisitEnding) Error() string { return "the visit is over: " + string(e.Why) }

// A EventWatch polls for an event that the visitor waits for, while a question is open.
type EventWatch struct {
	Every time.Duration
	Poll  func() error // Poll returns an error to end the open question.
}

// A Session is the desk on one terminal. It has the current visit and its open screens.
type Session struct {
	Context  context.Context
	Desk     *desk.Desk
	Options  Options
	In       *lines.Reader
	Out      *lines.Writer
	Language text.Language

	Visit         *flow.Visit
	Screens       navigation.Stack[Screen] // Screens are the open screens. The last one is shown.
	idle          navigation.IdleTimer
	fullScreen    handover.FullScreen
	watch         *EventWatch   // watch polls during the current question. It may be nil.
	unsaidEntries []queuedPiece // unsaidEntries are the pieces of a long page that are not written yet.

	// ignoreInputUntil is when input counts again, after a visit that ended by a timeout. It is only set on a terminal.
	ignoreInputUntil time.Time
}

// New returns a session without a visit. The session ends when ctx is done.
func New(ctx context.Context, desk *desk.Desk, o Options, in io.Reader, out io.Writer) *Session {
	if o.Language == "" {
		o.Language = text.Dutch
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.ReportAlive == nil {
		o.ReportAlive = func() {}
	}
	return &Session{Context: ctx, Desk: desk, Options: o, In: lines.NewReader(in, o.WalkIn), Out: lines.NewWriter(out), Language: o.Language}
}

// SpokenText returns a text in the visitor's language, written so that a speech synthesizer reads it correctly.
func (s *Session) SpokenText(t text.Text) string {
	return spoken.RewriteForSpeech(t.In(s.Language), s.Language)
}

// Say writes a text, unless it is empty.
func (s *Session) Say(t text.Text) {
	if text := s.SpokenText(t); text != "" {
		s.Out.WriteText(text)
	}
}

// SayHeading writes an empty line and then a text.
func (s *Session) SayHeading(t text.Text) {
	s.Out.WriteGap()
	s.Say(t)
}

// SayFact writes a name and its value. It writes nothing if the value is empty.
func (s *Session) SayFact(name, value text.Text) {
	if value.In(s.Language) != "" {
		s.Say(words.Concat(name, text.SameInBoth(": "), value))
	}
}

// SayVisitState writes the name of the customer who is logged in, and whether the visitor chose more time (R30).
func (s *Session) SayVisitState() {
	s.Out.WriteGap()
	name := text.SameInBoth(words.StripControl(s.Visit.Name) + ".")
	switch {
	case s.Visit.LoggedIn():
		s.Say(words.Concat(words.LoggedInLabel, name))
	case s.Visit.HasCustomer():
		s.Say(words.Concat(words.CustomerCardLabel, name))
	}
	if s.Visit.IsSlow {
		s.Say(words.Concat(words.SlowModeText, text.SameInBoth(".")))
	}
}

var noticePrefix = text.New("Let op: ", "Note: ")

// SayNotice writes a notice.
func (s *Session) SayNotice(t text.Text) { s.sayWithPrefix(noticePrefix, t) }

// SayProblem writes the problem of an answer.
func (s *Session) SayProblem(t text.Text) { s.sayWithPrefix(words.ProblemPrefix, t) }

func (s *Session) sayWithPrefix(mark, t text.Text) {
	if !strings.HasPrefix(t.In(s.Language), mark.In(s.Language)) {
		t = words.Concat(mark, t)
	}
	s.Say(t)
}

// SayHelplines writes the helplines (S1).
func (s *Session) SayHelplines() {
	s.Out.WriteGap()
	for _, line := range view.Helplines(s.Desk, s.Desk.Clock.Now()) {
		s.Say(line)
	}
}

// A queuedPiece is a piece of a page that is not written yet.
type queuedPiece struct {
	isItem bool // isItem is true if the entry is an item of a list.
	write  func()
}
