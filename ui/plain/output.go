package plain

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

// output writes text, and nothing that drives a terminal: no control character
// comes past it but the ends of lines (R20).
type output struct {
	to       *bufio.Writer
	terminal Terminal // that somebody reads from, or nil
	open     bool     // the last line is not ended
	bare     bool     // the last line is empty, or there is none yet
}

// width is how long lines are at most, as in the column of the full screen.
const width = 76

func newOutput(to io.Writer) *output {
	o := &output{to: bufio.NewWriter(to), bare: true}
	if t, is := to.(Terminal); is {
		o.terminal = t
	} else if f := tty.LineTerminalOf(to); f != nil {
		o.terminal = f
	}
	return o
}

// text writes text. A paragraph of which a line could be taken for a question or
// for a choice, by who goes by the form of lines, is indented.
func (o *output) text(text string) {
	for paragraph := range strings.SplitSeq(words.Clean(text), "\n") {
		lines := words.Wrap(paragraph, width)
		indent := ""
		if slices.ContainsFunc(lines, mistakable) {
			indent = "  "
			lines = words.Wrap(paragraph, width-len(indent))
		}
		for _, line := range lines {
			o.line(indent + line)
		}
	}
}

func mistakable(line string) bool {
	return asks(line) && !strings.HasPrefix(line, " ") || numbered.MatchString(line)
}

// asks tells whether a line ends as a question does.
func asks(line string) bool { return strings.HasSuffix(strings.TrimRight(line, " "), ":") }

var numbered = regexp.MustCompile(`^([0-9]+\.|/[0-9]+)( |$)`)

// choice writes something to choose by its number.
func (o *output) choice(number int, text string) { o.led(strconv.Itoa(number)+". ", text) }

// offer writes somewhere to go to by its number, which takes a slash.
func (o *output) offer(number int, text string) { o.led("/"+strconv.Itoa(number)+" ", text) }

// led writes text with a lead before the first line, and as much room before the others.
func (o *output) led(lead, text string) {
	for i, line := range ledLines(words.Clean(text), width-len(lead)) {
		if i > 0 {
			lead = strings.Repeat(" ", len(lead))
		}
		o.line(lead + line)
	}
}

// ledLines wraps text so that the first line, which is not indented, does not end
// as a question does.
func ledLines(text string, room int) []string {
	for narrow := room; narrow > room/2; narrow-- {
		if lines := words.Wrap(text, narrow); !asks(lines[0]) {
			return lines
		}
	}
	return append([]string{""}, words.Wrap(text, room)...)
}

func (o *output) line(text string) {
	o.endLine()
	o.to.WriteString(strings.TrimRight(text, " ") + "\n")
	o.bare = strings.TrimSpace(text) == ""
}

// gap leaves a line free, but never two.
func (o *output) gap() {
	if o.endLine(); !o.bare {
		o.line("")
	}
}

// question writes what is asked, and sends all that was written. On a terminal
// the answer comes on the same line.
func (o *output) question(text string) error {
	lines := words.Wrap(words.Clean(text), width)
	for _, line := range lines[:len(lines)-1] {
		o.line(line)
	}
	last := lines[len(lines)-1]
	if o.terminal == nil {
		o.line(last)
		return o.to.Flush()
	}
	o.endLine()
	o.to.WriteString(last + " ")
	o.open, o.bare = true, false
	return o.to.Flush()
}

// answered notes that whoever answered ended the line, or does so if that was
// not to be seen.
func (o *output) answered(unseen bool) {
	if unseen {
		o.endLine()
	}
	o.open = false
}

// endLine ends a line that is not.
func (o *output) endLine() {
	if o.open {
		o.to.WriteString("\n")
	}
	o.open = false
}

// push moves all that is to be seen on a terminal up and out of sight.
func (o *output) push() {
	if o.terminal == nil {
		return
	}
	const usual, most = 24, 200
	height := o.terminal.Height()
	if height <= 0 {
		height = usual
	}
	o.endLine()
	o.to.WriteString(strings.Repeat("\n", min(height, most)))
	o.bare = true
}
