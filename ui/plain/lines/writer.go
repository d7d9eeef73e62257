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
	to          *bufio.Writer
	terminal    Terminal // terminal is the terminal that the output goes to, or nil.
	isLineOpen  bool     // isLineOpen is true if the last line has no line end yet.
	isLastEmpty bool     // isLastEmpty is true if the last line is empty, or if nothing was written yet.
	wordCount   int      // wordCount is the number of spoken words that were written since TakeWordCount was last called.
}

// Width is the maximum number of cells of a line, the same as in the column of the full screen. least is the minimum that a
// narrow terminal gets, so that the longest word fits.
const (
	MaxLineWidth = 76
	minLineWidth = 20
)

// width returns the current maximum number of cells of a line.
func (w *Writer) width() int {
	if w.terminal != nil {
		if width, _ := w.terminal.Size(); width > 0 {
			return max(min(MaxLineWidth, width), minLineWidth)
		}
	}
	return MaxLineWidth
}

// NewWriter returns a Writer that writes to the given writer.
func NewWriter(to io.Writer) *Writer {
	w := &Writer{to: bufio.NewWriter(to), isLastEmpty: true}
	if t, is := to.(Terminal); is {
		w.terminal = t
	} else if f := tty.NewLineTerminal(to, false); f != nil {
		w.terminal = f
	}
	return w
}

// WriteText writes text. It indents a paragraph if a program could mistake one of its lines for a question or a choice.
func (w *Writer) WriteText(text string) {
	for paragraph := range strings.SplitSeq(words.StripControl(text), "\n") {
		lines := words.Wrap(paragraph, w.width())
		indent := ""
		if slices.ContainsFunc(lines, looksLikePrompt) {
			indent = "  "
			lines = words.Wrap(paragraph, w.width()-len(indent))
		}
		for _, line := range lines {
			w.writeLine(indent + line)
		}
	}
}

func looksLikePrompt(line string) bool {
	return endsLikeQuestion(line) && !strings.HasPrefix(line, " ") || numberedLine.MatchString(line)
}

// endsLikeQuestion reports whether a line ends like a question.
func endsLikeQuestion(line string) bool { return strings.HasSuffix(strings.TrimRight(line, " "), ":") }

var numberedLine = regexp.MustCompile(`^([0-9]+\.|/[0-9]+)( |$)`)

// WriteChoice writes a choice with its number.
func (w *Writer) WriteChoice(number int, text string) {
	w.writeHangingIndent(strconv.Itoa(number)+". ", text)
}

// WriteOffer writes a choice with a slash before its number. The slash is for questions that accept any text.
func (w *Writer) WriteOffer(number int, text string) {
	w.writeHangingIndent("/"+strconv.Itoa(number)+" ", text)
}

// writeHangingIndent writes text with lead before the first line, and indents the other lines by the
// width of lead.
func (w *Writer) writeHangingIndent(lead, text string) {
	for i, line := range wrapHangingIndent(words.StripControl(text), w.width()-len(lead)) {
		if i > 0 {
			lead = strings.Repeat(" ", len(lead))
		}
		w.writeLine(lead + line)
	}
}

// wrapHangingIndent wraps text. It breaks the first line so that it does not end like a question, because that line has no indent.
func wrapHangingIndent(text string, room int) []string {
	for narrow := room; narrow > room/2; narrow-- {
		if lines := words.Wrap(text, narrow); !endsLikeQuestion(lines[0]) {
			return lines
		}
	}
	return append([]string{""}, words.Wrap(text, room)...)
}

// replaceNoBreakSpaces replaces the no-break spaces in a line by normal spaces, after the text has been wrapped.
func replaceNoBreakSpaces(line string) string { return strings.ReplaceAll(line, "\u00a0", " ") }

func (w *Writer) writeLine(text string) {
	w.endLine()
	w.wordCount += CountSpokenWords(text)
	w.to.WriteString(strings.TrimRight(replaceNoBreakSpaces(text), " ") + "\n")
	w.isLastEmpty = strings.TrimSpace(text) == ""
}

// WriteGap writes an empty line, unless the last line is empty.
func (w *Writer) WriteGap() {
	if w.endLine(); !w.isLastEmpty {
		w.writeLine("")
	}
}

// WriteQuestion writes a question and flushes the output. On a terminal the visitor answers on the same line.
func (w *Writer) WriteQuestion(text string) error {
	lines := words.Wrap(words.StripControl(text), w.width())
	for _, line := range lines[:len(lines)-1] {
		w.writeLine(line)
	}
	last := lines[len(lines)-1]
	if w.terminal == nil {
		w.writeLine(last)
		return w.to.Flush()
	}
	w.endLine()
	w.wordCount += CountSpokenWords(last)
	w.to.WriteString(replaceNoBreakSpaces(last) + " ")
	w.isLineOpen, w.isLastEmpty = true, false
	return w.to.Flush()
}

// MarkQuestionAnswered records that the visitor's answer ended the line of the question. If the answer was hidden (unseen), the
// terminal did not show its Enter, and the Writer ends the line.
func (w *Writer) MarkQuestionAnswered(unseen bool) {
	if unseen {
		w.endLine()
	}
	w.isLineOpen = false
}

// endLine ends the last line if it has no line end yet.
func (w *Writer) endLine() {
	if w.isLineOpen {
		w.to.WriteString("\n")
	}
	w.isLineOpen = false
}

// Flush writes out all buffered text.
func (w *Writer) Flush() error { return w.to.Flush() }

// AtTerminal reports whether the output goes to a terminal.
func (w *Writer) AtTerminal() bool { return w.terminal != nil }

// TakeWordCount returns the number of words, as a screen reader speaks them, that were written since the last call.
func (w *Writer) TakeWordCount() int {
	taken := w.wordCount
	w.wordCount = 0
	return taken
}

// PushOutOfSight writes empty lines until the text on a terminal has scrolled out of sight.
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
	w.isLastEmpty = true
}
