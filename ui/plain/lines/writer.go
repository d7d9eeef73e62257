package lines

import (
	"bufio"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"loket/ui/tty"
	"loket/ui/words"
)

// A Writer writes text without control characters other than line ends, so that no text can
// control the terminal (R20).
type Writer struct {
	to       *bufio.Writer
	terminal Terminal // the terminal that the output goes to, or nil
	open     bool     // the last line has no line end yet
	bare     bool     // the last line is empty, or nothing was written yet
	words    int      // spoken words that were written and not counted yet
}

// Width is how many cells a line has at most, as in the column of the full screen, and least
// how many where a terminal says that it has fewer: so that the longest word fits.
const (
	Width = 76
	least = 20
)

// width returns how many cells a line has now.
func (w *Writer) width() int {
	if w.terminal != nil {
		if width, _ := w.terminal.Size(); width > 0 {
			return max(min(Width, width), least)
		}
	}
	return Width
}

// NewWriter returns a Writer to to.
func NewWriter(to io.Writer) *Writer {
	w := &Writer{to: bufio.NewWriter(to), bare: true}
	if t, is := to.(Terminal); is {
		w.terminal = t
	} else if f := tty.NewLineTerminal(to); f != nil {
		w.terminal = f
	}
	return w
}

// Text writes text. It indents a paragraph if a program could take a line of it for a question
// or a choice.
func (w *Writer) Text(text string) {
	for paragraph := range strings.SplitSeq(words.StripControl(text), "\n") {
		lines := words.Wrap(paragraph, w.width())
		indent := ""
		if slices.ContainsFunc(lines, looksLikePrompt) {
			indent = "  "
			lines = words.Wrap(paragraph, w.width()-len(indent))
		}
		for _, line := range lines {
			w.line(indent + line)
		}
	}
}

func looksLikePrompt(line string) bool {
	return endsLikeQuestion(line) && !strings.HasPrefix(line, " ") || numbered.MatchString(line)
}

// endsLikeQuestion reports whether a line ends as a question does.
func endsLikeQuestion(line string) bool { return strings.HasSuffix(strings.TrimRight(line, " "), ":") }

var numbered = regexp.MustCompile(`^([0-9]+\.|/[0-9]+)( |$)`)

// Choice writes a choice with its number.
func (w *Writer) Choice(number int, text string) { w.writeLed(strconv.Itoa(number)+". ", text) }

// Offer writes a choice with a slash before its number, for a question that any text answers.
func (w *Writer) Offer(number int, text string) { w.writeLed("/"+strconv.Itoa(number)+" ", text) }

// writeLed writes text with lead before the first line, and indents the other lines by the
// width of lead.
func (w *Writer) writeLed(lead, text string) {
	for i, line := range ledLines(words.StripControl(text), w.width()-len(lead)) {
		if i > 0 {
			lead = strings.Repeat(" ", len(lead))
		}
		w.line(lead + line)
	}
}

// ledLines wraps text so that the first line, which has no indent, does not end like a
// question.
func ledLines(text string, room int) []string {
	for narrow := room; narrow > room/2; narrow-- {
		if lines := words.Wrap(text, narrow); !endsLikeQuestion(lines[0]) {
			return lines
		}
	}
	return append([]string{""}, words.Wrap(text, room)...)
}

// withBlanks writes blanks at which a line was not to be broken as any others.
func withBlanks(line string) string { return strings.ReplaceAll(line, "\u00a0", " ") }

func (w *Writer) line(text string) {
	w.endLine()
	w.words += Spoken(text)
	w.to.WriteString(strings.TrimRight(withBlanks(text), " ") + "\n")
	w.bare = strings.TrimSpace(text) == ""
}

// Gap writes an empty line, unless the last line is empty.
func (w *Writer) Gap() {
	if w.endLine(); !w.bare {
		w.line("")
	}
}

// Question writes a question and flushes the output. On a terminal the visitor answers on the
// same line.
func (w *Writer) Question(text string) error {
	lines := words.Wrap(words.StripControl(text), w.width())
	for _, line := range lines[:len(lines)-1] {
		w.line(line)
	}
	last := lines[len(lines)-1]
	if w.terminal == nil {
		w.line(last)
		return w.to.Flush()
	}
	w.endLine()
	w.words += Spoken(last)
	w.to.WriteString(withBlanks(last) + " ")
	w.open, w.bare = true, false
	return w.to.Flush()
}

// Answered records that the answer ended the line of the question. If the answer was not
// shown, the Writer ends the line itself.
func (w *Writer) Answered(unseen bool) {
	if unseen {
		w.endLine()
	}
	w.open = false
}

// endLine ends the last line if it has no line end yet.
func (w *Writer) endLine() {
	if w.open {
		w.to.WriteString("\n")
	}
	w.open = false
}

// Flush writes out all buffered text.
func (w *Writer) Flush() error { return w.to.Flush() }

// AtTerminal reports whether the output goes to a terminal.
func (w *Writer) AtTerminal() bool { return w.terminal != nil }

// PushOutOfSight writes empty lines until the text on a terminal is out of sight.
func (w *Writer) PushOutOfSight() {
	if w.terminal == nil {
		return
	}
	const usual, most = 24, 200
	_, height := w.terminal.Size()
	if height <= 0 {
		height = usual
	}
	w.endLine()
	w.to.WriteString(strings.Repeat("\n", min(height, most)))
	w.bare = true
}
