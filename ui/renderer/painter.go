package renderer

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"
)

// frameEvery is how much time there is between two frames at least.
const frameEvery = 10 * time.Millisecond

// painter draws views on a terminal.
type painter struct {
	terminal Terminal
	cells    *uv.TerminalRenderer
	out      bytes.Buffer // what the cells come to
	last     *tea.View    // that is to be seen; none before the first

	hidden bool        // the cursor is
	behind atomic.Bool // the program is: more is about to change at once

	mu      sync.Mutex
	view    tea.View
	size    tea.WindowSizeMsg
	resized bool
	raw     strings.Builder // to be sent before the next frame
	news    chan struct{}   // has something in it when there is something to draw
}

func newPainter(t Terminal) *painter {
	p := &painter{terminal: t, size: t.Size, news: make(chan struct{}, 1)}
	p.cells = uv.NewTerminalRenderer(&p.out, t.Env)
	p.cells.SetColorProfile(colorprofile.Env(t.Env))
	p.cells.SetTabStops(-1)
	p.cells.SetScrollOptim(true)
	return p
}

// show has a view be drawn, as soon as it is its turn. Of several only the last is.
func (p *painter) show(v tea.View) {
	p.mu.Lock()
	p.view = v
	p.mu.Unlock()
	p.wake()
}

func (p *painter) wake() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// filter takes from the messages of a program those that are for its terminal.
func (p *painter) filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.RawMsg:
		p.mu.Lock()
		fmt.Fprint(&p.raw, msg.Msg)
		p.mu.Unlock()
		p.wake()
		return nil
	case tea.WindowSizeMsg:
		p.mu.Lock()
		p.resized, p.size = p.resized || p.size != msg, msg
		p.mu.Unlock()
	}
	return msg
}

// paint draws until ctx is done, or nobody takes what is drawn.
func (p *painter) paint(ctx context.Context) {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-p.news:
		case <-ctx.Done():
			return
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return
		}
		if p.draw() != nil {
			return
		}
		pause.Reset(frameEvery)
	}
}

// frame is what is to be drawn.
type frame struct {
	tea.View
	size tea.WindowSizeMsg
	raw  string
	anew bool // nothing of what is to be seen can be relied on
}

// ready tells whether there is anything to be seen yet.
func (p *painter) ready() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.view.Content != ""
}

func (p *painter) next() frame {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := frame{p.view, p.size, p.raw.String(), p.resized || p.raw.Len() > 0}
	p.raw.Reset()
	p.resized = false
	return f
}

// draw sends what has changed since the last frame.
func (p *painter) draw() error {
	if p.last == nil && !p.ready() {
		return nil
	}
	f := p.next()
	switch {
	case p.last == nil:
		p.last = &tea.View{}
		p.cells.EnterAltScreen()
		p.write(ansi.SetModeBracketedPaste)
	case !f.anew && same(f.View, *p.last):
		return nil
	}
	p.write(f.raw)
	if f.anew {
		p.cells.Resize(f.size.Width, f.size.Height)
		p.cells.Erase()
	}
	p.setModes(modesOf(*p.last), modesOf(f.View))
	p.setCells(f)
	p.last = &f.View
	return p.flush(f.Cursor != nil)
}

// same tells whether two views look the same.
func same(a, b tea.View) bool {
	cursors := a.Cursor == b.Cursor || a.Cursor != nil && b.Cursor != nil && a.Cursor.Position == b.Cursor.Position
	return a.Content == b.Content && cursors && modesOf(a) == modesOf(b)
}

// setCells draws the cells of a frame, where they have changed.
func (p *painter) setCells(f frame) {
	cells := borrow(f.size)
	uv.NewStyledString(f.Content).Draw(cells, cells.Bounds())
	p.cells.Render(cells.RenderBuffer)
	giveBack(cells)
	if f.Cursor != nil {
		p.cells.MoveTo(f.Cursor.X, f.Cursor.Y)
	}
}

// modes are what a view asks of its terminal, besides cells.
type modes struct {
	mouse      tea.MouseMode
	title      string
	paper, ink color.Color
}

func modesOf(v tea.View) modes {
	return modes{v.MouseMode, v.WindowTitle, v.BackgroundColor, v.ForegroundColor}
}

// setModes switches what has changed.
func (p *painter) setModes(from, to modes) {
	if from.mouse != to.mouse {
		p.write(ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr)
		switch to.mouse {
		case tea.MouseModeCellMotion:
			p.write(ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr)
		case tea.MouseModeAllMotion:
			p.write(ansi.SetModeMouseAnyEvent + ansi.SetModeMouseExtSgr)
		}
	}
	if from.title != to.title {
		p.write(ansi.SetWindowTitle(to.title))
	}
	p.setColor(from.paper, to.paper, ansi.SetBackgroundColor, ansi.ResetBackgroundColor)
	p.setColor(from.ink, to.ink, ansi.SetForegroundColor, ansi.ResetForegroundColor)
}

func (p *painter) setColor(from, to color.Color, set func(string) string, reset string) {
	if from == to {
		return
	}
	if to == nil {
		p.write(reset)
		return
	}
	if c, is := colorful.MakeColor(to); is {
		p.write(set(c.Hex()))
	}
}

// write puts a sequence before what the next frame changes.
func (p *painter) write(sequence string) { _, _ = p.cells.WriteString(sequence) }

// atOnce is how many bytes a terminal draws before anybody sees the cursor jump.
const atOnce = 64

// flush sends what was drawn. The cursor is out of sight while much changes.
func (p *painter) flush(show bool) error {
	if err := p.cells.Flush(); err != nil {
		return err
	}
	var hide, reveal string
	if !p.hidden && (!show || p.out.Len() > atOnce) {
		hide, p.hidden = ansi.ResetModeTextCursorEnable, true
	}
	if p.hidden && show {
		reveal, p.hidden = ansi.SetModeTextCursorEnable, false
	}
	defer p.out.Reset()
	if p.out.Len() == 0 && hide == "" && reveal == "" {
		return nil
	}
	_, err := io.WriteString(p.terminal.Out, hide+p.out.String()+reveal)
	return err
}

// restore leaves the terminal as it was before the first frame. What was to be seen
// is cleared first: there are terminals with but one screen (R19).
func (p *painter) restore() {
	if p.last == nil {
		return
	}
	p.setModes(modesOf(*p.last), modes{})
	p.write(ansi.ResetModeBracketedPaste + ansi.CursorHomePosition + ansi.EraseEntireScreen)
	p.cells.ExitAltScreen()
	p.write(ansi.SetModeTextCursorEnable)
	if p.cells.Flush() == nil {
		_, _ = p.terminal.Out.Write(p.out.Bytes())
	}
}

// shared keeps cells that were drawn into, for the next frame of any terminal.
var shared sync.Pool

// borrow gives empty cells.
func borrow(size tea.WindowSizeMsg) *uv.ScreenBuffer {
	if cells, is := shared.Get().(*uv.ScreenBuffer); is {
		cells.Resize(size.Width, size.Height)
		cells.Clear()
		return cells
	}
	cells := uv.NewScreenBuffer(size.Width, size.Height)
	return &cells
}

// giveBack forgets what was drawn into cells.
func giveBack(cells *uv.ScreenBuffer) {
	cells.Clear()
	shared.Put(cells)
}
