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
	out       io.Writer // nil if nobody looks
	now       func() time.Time
	lastDrawn time.Time

	what  string // that is being done
	began time.Time
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

// minEstimateTime is how long something must go on before anything is said of how long it will.
const minEstimateTime = 2 * time.Second

// timeLeftText says how much longer it takes to do all, if it goes on as fast as until now.
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

// Clear takes the bar away.
func (b *ProgressBar) Clear() {
	if b.out != nil {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
