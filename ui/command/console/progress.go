package console

import (
	"fmt"
	"io"
	"strings"
	"time"
)

const (
	barWidth    = 40 // characters
	barInterval = 100 * time.Millisecond
)

// A ProgressBar shows how far something is, on one line of a terminal.
type ProgressBar struct {
	out  io.Writer // nil if nobody looks
	now  func() time.Time
	last time.Time
}

// NewProgressBar returns a bar, which shows nothing if what is said goes to no terminal.
func (c *Console) NewProgressBar() *ProgressBar {
	b := &ProgressBar{now: c.Clock.Now}
	if IsTerminal(c.Err) {
		b.out = c.Err
	}
	return b
}

// Show draws the bar anew, if that is worth it by now. Of what has no known
// end (all is 0) it shows how much was done.
func (b *ProgressBar) Show(what string, done, all int64) {
	if b.out == nil || b.now().Sub(b.last) < barInterval {
		return
	}
	b.last = b.now()
	if all <= 0 {
		fmt.Fprintf(b.out, "\r%-8s %d MB\x1b[K", what, done>>20)
		return
	}
	done = min(done, all)
	full := int(barWidth * done / all)
	fmt.Fprintf(b.out, "\r%-8s [%s%s] %3d%%\x1b[K", what,
		strings.Repeat("#", full), strings.Repeat(".", barWidth-full), 100*done/all)
}

// Clear takes the bar away.
func (b *ProgressBar) Clear() {
	if b.out != nil {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
