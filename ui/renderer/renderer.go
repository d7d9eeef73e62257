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

// frameInterval is the minimum time between two frames.
const frameInterval = 10 * time.Millisecond

// renderer draws views on a terminal.
type renderer struct {
	to         io.Writer
	cells      *uv.TerminalRenderer
	frameBytes bytes.Buffer // frameBytes has the bytes of the next frame.
	lastView   *tea.View    // lastView is the view on the terminal. It is nil before the first frame.

	isCursorHidden bool        // isCursorHidden is true if the cursor of the terminal is hidden.
	hasMoreInput   atomic.Bool // hasMoreInput is true if another input message follows at once.

	mu           sync.Mutex
	view         tea.View
	size         tea.WindowSizeMsg
	isResized    bool
	rawSequences strings.Builder // rawSequences has control sequences to send before the next frame.
	wakeup       chan struct{}   // wakeup receives a value when there may be something to draw.
}

func newRenderer(to io.Writer, env []string, size tea.WindowSizeMsg) *renderer {
	r := &renderer{to: to, size: size, wakeup: make(chan struct{}, 1)}
	r.cells = uv.NewTerminalRenderer(&r.frameBytes, env)
	r.cells.SetColorProfile(colorprofile.Env(env))
	r.cells.SetTabStops(-1)
	r.cells.SetScrollOptim(true)
	return r
}

// showView makes v the view of the next frame. If the previous view was not drawn yet, it is dropped.
func (r *renderer) showView(v tea.View) {
	r.mu.Lock()
	r.view = v
	r.mu.Unlock()
	r.wakePainter()
}

func (r *renderer) wakePainter() {
	select {
	case r.wakeup <- struct{}{}:
	default:
	}
}

// filterMessage handles the messages of a program that change the terminal. It takes out raw control sequences, and records
// the size of the window.
func (r *renderer) filterMessage(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.RawMsg:
		r.mu.Lock()
		fmt.Fprint(&r.rawSequences, msg.Msg)
		r.mu.Unlock()
		r.wakePainter()
		return nil
	case tea.WindowSizeMsg:
		r.mu.Lock()
		r.isResized, r.size = r.isResized || r.size != msg, msg
		r.mu.Unlock()
	}
	return msg
}

// paintLoop draws frames until ctx is done or a frame cannot be written.
func (r *renderer) paintLoop(ctx context.Context) {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-r.wakeup:
		case <-ctx.Done():
			return
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return
		}
		if r.drawFrame() != nil {
			return
		}
		pause.Reset(frameInterval)
	}
}

// frame is the content of one frame.
type frame struct {
	tea.View
	size         tea.WindowSizeMsg
	rawSequences string
	// isFullRedraw is true if every cell must be drawn again, because the current content of the terminal is unknown.
	isFullRedraw bool
}

// hasView reports whether a view with content was shown.
func (r *renderer) hasView() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.view.Content != ""
}

func (r *renderer) nextFrame() frame {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := frame{r.view, r.size, r.rawSequences.String(), r.isResized || r.rawSequences.Len() > 0}
	r.rawSequences.Reset()
	r.isResized = false
	return f
}

// drawFrame sends the changes since the last frame to the terminal.
func (r *renderer) drawFrame() error {
	if r.lastView == nil && !r.hasView() {
		return nil
	}
	f := r.nextFrame()
	switch {
	case r.lastView == nil:
		r.lastView = &tea.View{}
		r.cells.EnterAltScreen()
		r.queueSequence(ansi.SetModeBracketedPaste)
	case !f.isFullRedraw && viewsEqual(f.View, *r.lastView):
		return nil
	}
	r.queueSequence(f.rawSequences)
	if f.isFullRedraw {
		r.cells.Resize(f.size.Width, f.size.Height)
		r.cells.Erase()
	}
	r.queueSequence(modesForView(*r.lastView).switchSequences(modesForView(f.View)))
	r.setCells(f)
	r.lastView = &f.View
	return r.flushFrame(f.Cursor != nil)
}

// viewsEqual reports whether two views look the same.
func viewsEqual(a, b tea.View) bool {
	cursors := a.Cursor == b.Cursor || a.Cursor != nil && b.Cursor != nil && a.Cursor.Position == b.Cursor.Position
	return a.Content == b.Content && cursors && modesForView(a) == modesForView(b)
}

// setCells updates the cells that differ from the last frame.
func (r *renderer) setCells(f frame) {
	cells := getBuffer(f.size)
	uv.NewStyledString(f.Content).Draw(cells, cells.Bounds())
	r.cells.Render(cells.RenderBuffer)
	putBuffer(cells)
	if f.Cursor != nil {
		r.cells.MoveTo(f.Cursor.X, f.Cursor.Y)
	}
}

// queueSequence adds a control sequence before the cells of the next frame.
func (r *renderer) queueSequence(sequence string) { _, _ = r.cells.WriteString(sequence) }

// maxFrameWithCursor is the maximum size, in bytes, of a frame during which the cursor stays visible. During longer frames users would
// see the cursor jump.
const maxFrameWithCursor = 64

// flushFrame sends the bytes of the frame. It hides the cursor during long frames.
func (r *renderer) flushFrame(show bool) error {
	if err := r.cells.Flush(); err != nil {
		return err
	}
	var hide, reveal string
	if !r.isCursorHidden && (!show || r.frameBytes.Len() > maxFrameWithCursor) {
		hide, r.isCursorHidden = ansi.ResetModeTextCursorEnable, true
	}
	if r.isCursorHidden && show {
		reveal, r.isCursorHidden = ansi.SetModeTextCursorEnable, false
	}
	defer r.frameBytes.Reset()
	if r.frameBytes.Len() == 0 && hide == "" && reveal == "" {
		return nil
	}
	_, err := io.WriteString(r.to, hide+r.frameBytes.String()+reveal)
	return err
}

// restoreTerminal restores the terminal to its state before the first frame. It clears the screen first, so that nothing stays
// visible on terminals without an alternate screen (R19).
func (r *renderer) restoreTerminal() {
	if r.lastView == nil {
		return
	}
	r.queueSequence(modesForView(*r.lastView).switchSequences(terminalModes{}))
	r.queueSequence(ansi.ResetModeBracketedPaste + ansi.CursorHomePosition + ansi.EraseEntireScreen)
	r.cells.ExitAltScreen()
	r.queueSequence(ansi.SetModeTextCursorEnable)
	if r.cells.Flush() == nil {
		_, _ = r.to.Write(r.frameBytes.Bytes())
	}
}
