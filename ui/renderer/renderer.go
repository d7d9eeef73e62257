package renderer

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// frameEvery is how much time there is between two frames at least.
const frameEvery = 10 * time.Millisecond

// renderer draws views on a terminal.
type renderer struct {
	to    io.Writer
	cells *uv.TerminalRenderer
	out   bytes.Buffer // what the cells come to
	last  *tea.View    // that is to be seen; nil before the first

	hidden bool        // whether the cursor is
	behind atomic.Bool // whether the program is: more is about to change at once

	mu      sync.Mutex
	view    tea.View
	size    tea.WindowSizeMsg
	resized bool
	raw     strings.Builder // to be sent before the next frame
	news    chan struct{}   // has something in it when there is something to draw
}

func newRenderer(to io.Writer, env []string, size tea.WindowSizeMsg) *renderer {
	r := &renderer{to: to, size: size, news: make(chan struct{}, 1)}
	r.cells = uv.NewTerminalRenderer(&r.out, env)
	r.cells.SetColorProfile(colorprofile.Env(env))
	r.cells.SetTabStops(-1)
	r.cells.SetScrollOptim(true)
	return r
}

// show has a view be drawn, as soon as it is its turn. Of several only the last is.
func (r *renderer) show(v tea.View) {
	r.mu.Lock()
	r.view = v
	r.mu.Unlock()
	r.wake()
}

func (r *renderer) wake() {
	select {
	case r.news <- struct{}{}:
	default:
	}
}

// filter takes from the messages of a program those that are for its terminal.
func (r *renderer) filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.RawMsg:
		r.mu.Lock()
		fmt.Fprint(&r.raw, msg.Msg)
		r.mu.Unlock()
		r.wake()
		return nil
	case tea.WindowSizeMsg:
		r.mu.Lock()
		r.resized, r.size = r.resized || r.size != msg, msg
		r.mu.Unlock()
	}
	return msg
}

// paint draws until ctx is done, or nobody takes what is drawn.
func (r *renderer) paint(ctx context.Context) {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-r.news:
		case <-ctx.Done():
			return
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return
		}
		if r.draw() != nil {
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
	anew bool // whether nothing of what is to be seen can be relied on
}

// ready reports whether there is anything to be seen yet.
func (r *renderer) ready() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.view.Content != ""
}

func (r *renderer) next() frame {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := frame{r.view, r.size, r.raw.String(), r.resized || r.raw.Len() > 0}
	r.raw.Reset()
	r.resized = false
	return f
}

// draw sends what has changed since the last frame.
func (r *renderer) draw() error {
	if r.last == nil && !r.ready() {
		return nil
	}
	f := r.next()
	switch {
	case r.last == nil:
		r.last = &tea.View{}
		r.cells.EnterAltScreen()
		r.write(ansi.SetModeBracketedPaste)
	case !f.anew && same(f.View, *r.last):
		return nil
	}
	r.write(f.raw)
	if f.anew {
		r.cells.Resize(f.size.Width, f.size.Height)
		r.cells.Erase()
	}
	r.write(modesOf(*r.last).switchTo(modesOf(f.View)))
	r.setCells(f)
	r.last = &f.View
	return r.flush(f.Cursor != nil)
}

// same reports whether two views look the same.
func same(a, b tea.View) bool {
	cursors := a.Cursor == b.Cursor || a.Cursor != nil && b.Cursor != nil && a.Cursor.Position == b.Cursor.Position
	return a.Content == b.Content && cursors && modesOf(a) == modesOf(b)
}

// setCells draws the cells of a frame, where they have changed.
func (r *renderer) setCells(f frame) {
	cells := getBuffer(f.size)
	uv.NewStyledString(f.Content).Draw(cells, cells.Bounds())
	r.cells.Render(cells.RenderBuffer)
	putBuffer(cells)
	if f.Cursor != nil {
		r.cells.MoveTo(f.Cursor.X, f.Cursor.Y)
	}
}

// write puts a sequence before what the next frame changes.
func (r *renderer) write(sequence string) { _, _ = r.cells.WriteString(sequence) }

// atOnce is how many bytes a terminal draws before anybody sees the cursor jump.
const atOnce = 64

// flush sends what was drawn. The cursor is out of sight while much changes.
func (r *renderer) flush(show bool) error {
	if err := r.cells.Flush(); err != nil {
		return err
	}
	var hide, reveal string
	if !r.hidden && (!show || r.out.Len() > atOnce) {
		hide, r.hidden = ansi.ResetModeTextCursorEnable, true
	}
	if r.hidden && show {
		reveal, r.hidden = ansi.SetModeTextCursorEnable, false
	}
	defer r.out.Reset()
	if r.out.Len() == 0 && hide == "" && reveal == "" {
		return nil
	}
	_, err := io.WriteString(r.to, hide+r.out.String()+reveal)
	return err
}

// restore leaves the terminal as it was before the first frame. What was to be seen
// is cleared first: there are terminals with but one screen (R19).
func (r *renderer) restore() {
	if r.last == nil {
		return
	}
	r.write(modesOf(*r.last).switchTo(modes{}))
	r.write(ansi.ResetModeBracketedPaste + ansi.CursorHomePosition + ansi.EraseEntireScreen)
	r.cells.ExitAltScreen()
	r.write(ansi.SetModeTextCursorEnable)
	if r.cells.Flush() == nil {
		_, _ = r.to.Write(r.out.Bytes())
	}
}
