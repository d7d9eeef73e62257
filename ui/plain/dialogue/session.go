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
	"loket/ui/navigation"
	"loket/ui/plain/lines"
	"loket/ui/plain/spoken"
	"loket/ui/view"
	"loket/ui/words"
)

// Options set the desk up. The zero value suits a desk that was started by hand.
type Options struct {
	Language    text.Language   // in which every visit begins; Dutch if empty
	WalkIn      bool            // the visitor cannot stop the desk
	Demo        *demo.Sandbox   // what the demo panel shows; nil outside the demo
	Log         *slog.Logger    // gets errors without personal data; may be nil
	IsEchoed    bool            // IsEchoed reports whether the terminal of the visitor shows everything that is typed, because only it could stop that.
	Presence    *fleet.Presence // Presence is told where the visitor is, and when there is input. It may be nil.
	ReportAlive func()          // called at every question, and every second until the answer; may be nil
}

// A Screen is a place at the desk, or a part of one. It writes its text, asks a question, and
// returns where the answer leads.
type Screen interface {
	// Show returns where to go next, or why its question was not answered.
	Show(*Session) (Next, error)
}

// Next is where a screen leads: the first of its fields that is not zero. The zero value
// leads to the same screen again.
type Next struct {
	Move    navigation.Move
	Open    Screen // opens on top of this screen
	Replace Screen // opens in the place of this screen
	Typed   string // a command to carry out
	Ended   bool   // the flow of this screen ended
}

// NextMove returns the Next that makes a move.
func NextMove(m navigation.Move) Next { return Next{Move: m} }

// An Ending is an error that ends the visit.
type Ending struct {
	Why       flow.LeaveReason
	Farewell  text.Text
	StopsDesk bool // the desk stops too
}

func (e *Ending) Error() string { return "the visit is over: " + string(e.Why) }

// A Watch polls for something that the visitor waits for, while a question is open.
type Watch struct {
	Every time.Duration
	Poll  func() error // returns an error to end the question
}

// A Session is the desk on one terminal: the current visit and its open screens.
type Session struct {
	Context  context.Context
	Desk     *desk.Desk
	Options  Options
	In       *lines.Reader
	Out      *lines.Writer
	Language text.Language

	Visit         *flow.Visit
	Screens       navigation.Stack[Screen] // the last screen is shown
	idle          navigation.Idle
	watch         *Watch  // or nil
	unsaidEntries []entry // the parts of a long page that are not written yet

	ignoreInputUntil time.Time // set at a terminal, after a visit that ended by a timeout
}

// New returns a session at a desk, without a visit. It ends when ctx is done.
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
	return &Session{Context: ctx, Desk: desk, Options: o, In: lines.NewReader(in), Out: lines.NewWriter(out), Language: o.Language}
}

// InWords returns a text in the visitor's language, as it is to be read out.
func (s *Session) InWords(t text.Text) string { return spoken.Form(t.In(s.Language), s.Language) }

// Say writes a text, unless it is empty.
func (s *Session) Say(t text.Text) {
	if text := s.InWords(t); text != "" {
		s.Out.WriteText(text)
	}
}

// Heading writes a text after an empty line.
func (s *Session) Heading(t text.Text) {
	s.Out.WriteGap()
	s.Say(t)
}

// SayFact writes a name and its value, unless the value is empty.
func (s *Session) SayFact(name, value text.Text) {
	if value.In(s.Language) != "" {
		s.Say(words.Concat(name, text.SameInBoth(": "), value))
	}
}

var (
	problemPrefix = text.New("Fout: ", "Error: ")
	noticePrefix  = text.New("Let op: ", "Note: ")
)

// SayNotice writes a notice.
func (s *Session) SayNotice(t text.Text) { s.sayMarked(noticePrefix, t) }

// SayProblem writes the problem of an answer.
func (s *Session) SayProblem(t text.Text) { s.sayMarked(problemPrefix, t) }

func (s *Session) sayMarked(mark, t text.Text) {
	if !strings.HasPrefix(t.In(s.Language), mark.In(s.Language)) {
		t = words.Concat(mark, t)
	}
	s.Say(t)
}

// Helplines writes the helplines (S1).
func (s *Session) Helplines() {
	s.Out.WriteGap()
	for _, line := range view.Helplines(s.Desk, s.Desk.Clock.Now()) {
		s.Say(line)
	}
}
