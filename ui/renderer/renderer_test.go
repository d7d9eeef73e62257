package renderer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"

	"loket/ui/tty"
)

// screenOf is an emulated terminal, with the bytes that were written to it.
type screenOf struct {
	*vt.SafeEmulator
	bytes int
	style string // style is the last style of the cursor.
}

var setStyle = regexp.MustCompile("\x1b\\[([0-9]*) q")

func newScreen(width, height int) *screenOf {
	s := &screenOf{SafeEmulator: vt.NewSafeEmulator(width, height)}
	go io.Copy(io.Discard, s.SafeEmulator) // Discard the replies of the terminal.
	return s
}

func (s *screenOf) Write(p []byte) (int, error) {
	s.bytes += len(p)
	for _, set := range setStyle.FindAllSubmatch(p, -1) {
		s.style = string(set[1])
	}
	return s.SafeEmulator.Write(p)
}

// WriteString is like Write. Without it, the method of the embedded emulator would be called.
func (s *screenOf) WriteString(text string) (int, error) { return s.Write([]byte(text)) }

// end stops the emulator. Closing it would race with the goroutine that reads its replies.
func (s *screenOf) end() { _ = s.InputPipe().(io.Closer).Close() }

// lines returns the visible lines, without trailing spaces.
func (s *screenOf) lines() string { return trimmed(ansi.Strip(s.Render())) }

func trimmed(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// views returns a generator of random views for a terminal of the given size.
func views(width, height int) *rapid.Generator[tea.View] {
	letters := rapid.SampledFrom([]rune(" abcé€▶─█│·ABC0123456789"))
	return rapid.Custom(func(t *rapid.T) tea.View {
		var lines []string
		for range rapid.IntRange(1, height).Draw(t, "lines") {
			line := string(rapid.SliceOfN(letters, 0, width).Draw(t, "line"))
			if rapid.Bool().Draw(t, "bold") {
				line = lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Color("208")).Render(line)
			}
			lines = append(lines, line)
		}
		v := tea.NewView(strings.Join(lines, "\n"))
		v.WindowTitle = rapid.SampledFrom([]string{"", "Loket"}).Draw(t, "title")
		v.MouseMode = rapid.SampledFrom([]tea.MouseMode{tea.MouseModeNone, tea.MouseModeCellMotion}).Draw(t, "mouse")
		if rapid.Bool().Draw(t, "paper") {
			v.BackgroundColor, v.ForegroundColor = lipgloss.Color("#000000"), lipgloss.Color("#ffffff")
		}
		if rapid.Bool().Draw(t, "cursor") {
			v.Cursor = tea.NewCursor(rapid.IntRange(0, width-1).Draw(t, "x"), rapid.IntRange(0, height-1).Draw(t, "y"))
			v.Cursor.Shape = rapid.SampledFrom([]tea.CursorShape{tea.CursorBlock, tea.CursorBar}).Draw(t, "shape")
			v.Cursor.Blink = rapid.Bool().Draw(t, "blink")
		}
		return v
	})
}

// ownStyle is the style of the terminal's own cursor. shapes are the other styles, by whether they blink (DECSCUSR).
const ownStyle = "||0|"

var shapes = map[tea.CursorShape]map[bool]string{
	tea.CursorBlock: {true: ownStyle, false: "|2|"},
	tea.CursorBar:   {true: "|5|", false: "|6|"},
}

// TestRenderer checks that the terminal shows the last view, whatever it showed before, and that the terminal is restored at
// the end.
func TestRenderer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(20, 60).Draw(t, "width"), rapid.IntRange(4, 20).Draw(t, "height")
		screen := newScreen(width, height)
		defer screen.end()
		fmt.Fprint(screen, "$ ssh desk\r\n")
		p := newRenderer(screen, []string{"TERM=xterm-256color"}, tea.WindowSizeMsg{Width: width, Height: height})
		p.showView(tea.NewView("Loket")) // Nothing is written before a view has content.
		if err := p.drawFrame(); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 8).Draw(t, "frames") {
			switch rapid.IntRange(0, 5).Draw(t, "before") {
			case 0:
				width, height = rapid.IntRange(20, 60).Draw(t, "width"), rapid.IntRange(4, 20).Draw(t, "height")
				screen.Resize(width, height)
				p.filterMessage(tea.WindowSizeMsg{Width: width, Height: height})
			case 1:
				p.filterMessage(tea.RawMsg{Msg: ansi.EraseDisplay(3)})
			}
			v := views(width, height).Draw(t, "view")
			p.showView(v)
			if err := p.drawFrame(); err != nil {
				t.Fatal(err)
			}
			if got, want := screen.lines(), trimmed(ansi.Strip(v.Content)); got != want {
				t.Fatalf("to be seen is\n%s\nwant\n%s", got, want)
			}
			if at := screen.CursorPosition(); v.Cursor != nil && (at.X != v.Cursor.X || at.Y != v.Cursor.Y) {
				t.Fatalf("the cursor is at %v, want %v", at, v.Cursor.Position)
			}
			if v.Cursor != nil && !strings.Contains(shapes[v.Cursor.Shape][v.Cursor.Blink], "|"+screen.style+"|") {
				t.Fatalf("the cursor has style %q, of %v", screen.style, v.Cursor)
			}
			if !screen.IsAltScreen() || p.isCursorHidden != (v.Cursor == nil) {
				t.Fatalf("alternate screen %v, cursor hidden %v", screen.IsAltScreen(), p.isCursorHidden)
			}
			before := screen.bytes
			p.showView(v)
			if err := p.drawFrame(); err != nil || screen.bytes != before {
				t.Fatalf("the same view again took %d bytes, %v", screen.bytes-before, err)
			}
		}
		p.restoreTerminal()
		if screen.IsAltScreen() {
			t.Fatal("it is still on the alternate screen")
		}
		if !strings.Contains(ownStyle, "|"+screen.style+"|") {
			t.Fatalf("the cursor is left in style %q", screen.style)
		}
	})
}

// TestTyping checks that a typed character costs only a few bytes of output.
func TestTyping(t *testing.T) {
	screen := newScreen(80, 24)
	defer screen.end()
	p := newRenderer(screen, []string{"TERM=xterm-256color"}, tea.WindowSizeMsg{Width: 80, Height: 24})
	page := func(typed string) tea.View {
		v := tea.NewView("Gebruikersnaam\n[ " + typed + strings.Repeat(" ", 30-len(typed)) + " ]\n\nVerder")
		v.Cursor = tea.NewCursor(2+len(typed), 1)
		return v
	}
	p.showView(page(""))
	if err := p.drawFrame(); err != nil {
		t.Fatal(err)
	}
	before := screen.bytes
	const name = "mjvanderzwan"
	for i := range name {
		p.showView(page(name[:i+1]))
		if err := p.drawFrame(); err != nil {
			t.Fatal(err)
		}
	}
	if each := (screen.bytes - before) / len(name); each > 10 {
		t.Errorf("a character takes %d bytes", each)
	}
}

// counter is a program that counts keys, and ends at q.
type counter struct{ keys int }

func (c counter) Init() tea.Cmd { return nil }

func (c counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, is := msg.(tea.KeyPressMsg); is {
		if c.keys++; key.String() == "q" {
			return c, tea.Quit
		}
	}
	return c, nil
}

func (c counter) View() tea.View { return tea.NewView(fmt.Sprintf("%d keys", c.keys)) }

// endless is an Input that repeats one key forever.
type endless struct{ key string }

func (e endless) Next(ctx context.Context) ([]tty.Token, error) {
	select {
	case <-time.After(time.Millisecond):
		return []tty.Token{{Kind: tty.TextToken, Bytes: []byte(e.key)}}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// written has the output of a program, until it is closed.
type written struct {
	mu     sync.Mutex
	text   strings.Builder
	closed bool
}

func (w *written) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return 0, errors.New("nobody is there any more")
	}
	return w.text.Write(p)
}

func asIs(_ tea.Model, msg tea.Msg) tea.Msg { return msg }

// TestRun checks that a program ends by itself or when its context is done, that the terminal is restored each time, and that
// no goroutine is left, even if not all input was read.
func TestRun(t *testing.T) {
	for name, test := range map[string]struct {
		in     Input
		cancel time.Duration
		gone   bool
	}{
		"it ends by itself":          {in: &line{{text: "abc"}, {after: time.Second, text: "qqqqqqqq"}}},
		"keys never end":             {in: endless{"x"}, cancel: 2 * time.Second},
		"more keys than it reads":    {in: endless{"q"}},
		"its context ends":           {in: &line{}, cancel: time.Second},
		"nobody reads what it shows": {in: endless{"x"}, cancel: 2 * time.Second, gone: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				out := &written{closed: test.gone}
				err := Run(ctx, counter{}, asIs, Terminal{
					In: test.in, Out: out, Env: []string{"TERM=xterm"}, Size: tea.WindowSizeMsg{Width: 80, Height: 24},
				})
				if err != nil {
					t.Fatal(err)
				}
				entered, left := strings.Count(out.text.String(), ansi.SetModeAltScreenSaveCursor), strings.Count(out.text.String(), ansi.ResetModeAltScreenSaveCursor)
				if entered != left || !test.gone && entered != 1 {
					t.Errorf("the alternate screen was entered %d times and left %d times", entered, left)
				}
			}) // The synctest bubble fails if a goroutine is left.
		})
	}
}
