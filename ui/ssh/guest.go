package ssh

import (
	"context"
	"strings"
	"time"

	"github.com/kballard/go-shellquote"

	"loket/flows/desk"
	"loket/ui"
	"loket/ui/exitcode"
	"loket/ui/plain"
	"loket/ui/renderer"
)

// receive serves a visitor, and gives the exit code.
func (n *session) receive() int {
	words, err := shellquote.Split(n.command)
	if err != nil {
		words = []string{n.command}
	}
	switch strings.Join(words, " ") {
	case "":
		return n.open(n.dumb())
	case "plain":
		return n.open(true)
	case "help", "--help":
		n.write(n.say(n.help()))
		return exitcode.Done
	}
	n.write(n.say(unknown))
	return exitcode.WrongUsage
}

// dumb tells whether nothing can be drawn.
func (n *session) dumb() bool {
	return !n.pty || n.env["TERM"] == "" || n.env["TERM"] == "dumb"
}

// open opens the desk for the visitor, in one of its faces, until they leave.
func (n *session) open(plainly bool) int {
	desk, options, clear, err := n.desk()
	if err != nil {
		n.log.Error("open a desk", "error", err)
		n.write(n.say(broken))
		return exitcode.Failed
	}
	kind := n.kind()
	n.server.Watch.SessionBegan(kind)
	n.server.memory.soon()
	defer n.server.memory.soon()
	n.server.screens.Add(1)
	defer n.server.screens.Add(-1)
	if plainly {
		err = n.plainly(desk, options)
	} else {
		err = n.fully(desk, options)
	}
	clear()
	why := context.Cause(n.ctx)
	if err != nil {
		n.log.Error("serve a visitor", "error", err)
		n.server.Watch.SessionEnded(kind, endedByFault)
		n.write(n.say(broken))
		return exitcode.Failed
	}
	n.server.Watch.SessionEnded(kind, ended(why))
	if farewell, is := farewells[why]; is && !(plainly && why == nil) { // which is said in its own words
		n.write(n.say(farewell))
	}
	return exitcode.Done
}

// kind is what kind of visitor it is.
func (n *session) kind() string {
	if n.who.terminal == "" {
		return kindDemo
	}
	return kindTerminal
}

// desk gives the desk of a branch terminal, which nobody at it can stop, or one in
// a sandbox. What must be done in the end is for the caller to do.
func (n *session) desk() (desk *desk.Desk, o ui.Options, clear func(), err error) {
	o = ui.Options{Language: n.language(), Theme: n.server.Theme, Log: n.log, Alive: n.server.Alive, Drawn: n.server.Watch.Frame}
	if name := n.who.terminal; name != "" {
		o.WalkIn = true
		return n.server.Desk(name), o, n.server.terminals.take(name, n), nil
	}
	sandbox, err := n.sandbox()
	if err != nil {
		return nil, o, nil, err
	}
	o.Demo = sandbox
	forgotten := time.AfterFunc(n.server.Limits.Idle, func() { n.end(errIdle) })
	n.keepAlive = func() { forgotten.Reset(n.server.Limits.Idle) }
	return sandbox.Desk, o, func() {
		forgotten.Stop()
		if err := sandbox.Close(); err != nil {
			n.log.Error("close a sandbox", "error", err)
		}
	}, nil
}

// sandbox opens one, once it is the visitor's turn: a crowd that comes in leaves
// room for those who are inside.
func (n *session) sandbox() (*ui.Sandbox, error) {
	select {
	case n.server.opening <- struct{}{}:
		defer func() { <-n.server.opening }()
		return n.server.Sandbox(n.ctx)
	case <-n.ctx.Done():
		return nil, context.Cause(n.ctx)
	}
}

// fully opens the desk on the whole screen.
func (n *session) fully(desk *desk.Desk, o ui.Options) error {
	return ui.RunOn(n.ctx, desk, o, renderer.Terminal{
		In: n.input(), Out: n.screen(), Env: n.env.list(), Size: n.sizes.get(), Sizes: n.sizes.follow(n.ctx, n.pace),
	})
}

// plainly opens the desk line by line.
func (n *session) plainly(desk *desk.Desk, o ui.Options) error {
	p := plain.Options{Language: o.Language, WalkIn: o.WalkIn, Log: o.Log, Alive: o.Alive}
	if o.Demo != nil {
		p.Demo = o.Demo.Sandbox
	}
	in := n.input()
	if !n.pty {
		return plain.Run(n.ctx, desk, p, in, n.output())
	}
	terminal := &cooked{from: in, to: n.output(), rows: func() int { return n.sizes.get().Height }}
	return plain.Run(n.ctx, desk, p, terminal, terminal)
}
