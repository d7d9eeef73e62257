package visitor

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"loket/flows/desk"
	"loket/ui"
	"loket/ui/demo"
	"loket/ui/exitcode"
	"loket/ui/fleet"
	"loket/ui/shellwords"
	"loket/ui/ssh/limits"
	"loket/ui/ssh/session"
	"loket/ui/theme"
)

// Options are the options of a Handler.
type Options struct {
	Theme       theme.Name
	Idle        time.Duration // Idle is how long a demo or the service desk stays open without input.
	Log         *slog.Logger
	Observer    session.Observer
	ReportAlive func() // ReportAlive is called every second by each screen.

	Sandbox func(context.Context) (*demo.Sandbox, error) // Sandbox opens a demo for one visitor.
	Desk    func(terminal string) *desk.Desk             // Desk returns the desk of a branch terminal.

	// ServiceDesk returns the desk of an operator who answers the telephone, by the operator's name in the audit log.
	ServiceDesk func(operator string) *desk.Desk

	Fleet *fleet.Fleet // Fleet is told of the branch terminals. It may be nil.
}

// A Handler serves the visitors of an SSH server.
type Handler struct {
	Options
	openingSlot    chan struct{} // openingSlot is full while a sandbox is being opened.
	terminals      terminalSessions
	memoryReleaser limits.MemoryReleaser
	openScreens    atomic.Int32
}

// New returns a Handler that has no visitors yet.
func New(o Options) *Handler { return &Handler{Options: o, openingSlot: make(chan struct{}, 1)} }

// ScreenCount returns the number of open screens.
func (h *Handler) ScreenCount() int { return int(h.openScreens.Load()) }

// Serve serves the visitor of a session: it runs the desk, or shows the help. It returns the exit code.
func (h *Handler) Serve(s *session.Session) int {
	words, err := shellwords.Split(s.Command)
	if err != nil {
		words = []string{s.Command}
	}
	switch strings.Join(words, " ") {
	case "":
		return h.serveDesk(s, !s.CanDraw())
	case "plain":
		return h.serveDesk(s, true)
	case "help", "--help":
		s.Say(helpText(s.Holder.Terminal != ""))
		return exitcode.Done
	}
	s.Say(unknownCommandText)
	return exitcode.WrongUsage
}

// serveDesk runs the desk, on the full screen or line by line, until the visitor leaves. It returns the exit code.
func (h *Handler) serveDesk(s *session.Session, isPlain bool) int {
	desk, err := h.openVisitorDesk(s)
	if err != nil {
		h.Log.Error("open a desk", "error", err)
		s.Say(deskBrokenText)
		return exitcode.Failed
	}
	kind := session.KindDemo
	switch {
	case s.Holder.Terminal != "":
		kind = session.KindTerminal
	case s.Holder.IsOperator():
		kind = session.KindOperator
	}
	h.Observer.SessionBegan(kind)
	h.memoryReleaser.ReleaseSoon()
	defer h.memoryReleaser.ReleaseSoon()
	h.openScreens.Add(1)
	defer h.openScreens.Add(-1)
	endsPlain, err := desk.run(s, isPlain)
	desk.cleanUp()
	cause := context.Cause(s.Context())
	if err != nil {
		h.Log.Error("serve a visitor", "error", err)
		h.Observer.SessionEnded(kind, session.EndedByFault)
		s.Say(deskBrokenText)
		return exitcode.Failed
	}
	h.Observer.SessionEnded(kind, endReason(cause))
	// The line-by-line desk says goodbye itself, so nothing is added.
	if endNotice, is := farewellTexts[cause]; is && !(endsPlain && cause == nil) {
		s.Say(endNotice)
	}
	return exitcode.Done
}

// openVisitorDesk opens the desk of a branch terminal, which its visitors cannot stop, the service desk of an operator, or a demo in a
// sandbox.
func (h *Handler) openVisitorDesk(s *session.Session) (*visitorDesk, error) {
	o := ui.Options{Language: s.Language(), Theme: h.Theme, Log: h.Log, ReportAlive: h.ReportAlive, OnDraw: h.Observer.CountFrame}
	if name := s.Holder.Terminal; name != "" {
		o.WalkIn = true
		release := h.terminals.replaceSession(name, s)
		o.Presence = h.Fleet.Connect(fleet.TerminalClient{Name: name, Fingerprint: s.Holder.Fingerprint, Address: s.Address, Version: s.Version})
		return &visitorDesk{Desk: h.Desk(name), options: o, cleanUp: func() {
			o.Presence.Disconnect(endReason(context.Cause(s.Context())))
			release()
		}}, nil
	}
	if s.Holder.IsOperator() {
		return h.withIdleTimer(s, &visitorDesk{Desk: h.ServiceDesk(s.Holder.AuditName()), options: o, cleanUp: func() {}}), nil
	}
	sandbox, err := h.newSandbox(s.Context())
	if err != nil {
		return nil, err
	}
	o.Demo = sandbox
	return h.withIdleTimer(s, &visitorDesk{Desk: sandbox.Desk, options: o, cleanUp: func() {
		if err := sandbox.Close(); err != nil {
			h.Log.Error("close a sandbox", "error", err)
		}
	}}), nil
}

// withIdleTimer has the session end if no input comes for too long.
func (h *Handler) withIdleTimer(s *session.Session, d *visitorDesk) *visitorDesk {
	idle := time.AfterFunc(h.Idle, func() { s.End(session.ErrIdle) })
	cleanUp := d.cleanUp
	d.onInput = func() { idle.Reset(h.Idle) }
	d.cleanUp = func() { idle.Stop(); cleanUp() }
	return d
}

// newSandbox opens a sandbox. It opens only one sandbox at a time, so that many new visitors do not slow down the others.
func (h *Handler) newSandbox(ctx context.Context) (*demo.Sandbox, error) {
	select {
	case h.openingSlot <- struct{}{}:
		defer func() { <-h.openingSlot }()
		return h.Sandbox(ctx)
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
