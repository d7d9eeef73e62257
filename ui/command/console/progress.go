package console

import (
	"fmt"
	"io"
	"strings"
	"time"
)

const (
	barWidth    = 40 // barWidth is the width of the bar, in characters.
	barInterval = 100 * time.Millisecond
)

// A ProgressBar shows the progress of a command on one line of a terminal.
type ProgressBar struct {
	out       io.Writer // out is nil if standard error is not a terminal.
	now       func() time.Time
	lastDrawn time.Time

	what  string // what describes the work in progress.
	began time.Time
}

// NewProgressBar returns a bar. It shows nothing unless standard error is a terminal.
func (c *Console) NewProgressBar() *ProgressBar {
	b := &ProgressBar{now: c.Clock.Now}
	if IsTerminal(c.Err) {
		b.out = c.Err
	}
	return b
}

// Show draws the bar again, unless it was drawn a moment ago. If all is 0, the total is not known and Show displays only done.
func (b *ProgressBar) Show(what string, done, all int64) {
	if b.out == nil {
		return
	}
	now := b.now()
	if b.what != what {
		b.what, b.began = what, now
	}
	if now.Sub(b.lastDrawn) < barInterval {
		return
	}
	b.lastDrawn = now
	if all <= 0 {
		fmt.Fprintf(b.out, "\r%-8s %d MB\x1b[K", what, done>>20)
		return
	}
	done = min(done, all)
	full := int(barWidth * done / all)
	fmt.Fprintf(b.out, "\r%-8s [%s%s] %3d%%%s\x1b[K", what,
		strings.Repeat("#", full), strings.Repeat(".", barWidth-full), 100*done/all, timeLeftText(now.Sub(b.began), done, all))
}

// minEstimateTime is how long work must have run before the bar estimates the time that is left.
const minEstimateTime = 2 * time.Second

// timeLeftText estimates the time that is left, from the time that it took to reach done.
func timeLeftText(took time.Duration, done, all int64) string {
	if took < minEstimateTime || done == 0 || done == all {
		return ""
	}
	rest := time.Duration(float64(took) / float64(done) * float64(all-done))
	if rest < time.Minute {
		return fmt.Sprintf("  about %d s left", int(rest.Seconds())+1)
	}
	return fmt.Sprintf("  about %d min left", int(rest.Minutes())+1)
}

// Clear removes the bar from the terminal.
func (b *ProgressBar) Clear() {
	if b.out != nil {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
