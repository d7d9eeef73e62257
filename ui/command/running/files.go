package running

import (
	"context"
	"log/slog"
	"time"

	"loket/flows/clock"
	"loket/store/reload"
	"loket/ui/command/console"
	"loket/ui/web"
)

// NewFiles returns what watches over the files that a desk reads again, for its log and its
// metrics.
func NewFiles(log *slog.Logger, m *web.Metrics) *reload.Watch {
	return &reload.Watch{Log: log, Gauge: m.FileRead}
}

// rereadEvery is how often they are read again.
const rereadEvery = 10 * time.Second

// reread reads them again until ctx is done, so that what is wrong with one is known before
// somebody is turned away.
func reread(ctx context.Context, files *reload.Watch, clock *clock.Clock) {
	for clock.Wait(ctx, rereadEvery) == nil {
		files.ReadAll()
	}
}

// ReadAtHangup has SIGHUP read the files again and go on in a new log, in place of ending
// the process.
func ReadAtHangup(c *console.Console, log *console.Log, files *reload.Watch) {
	c.Hangup.Instead(func() {
		if err := log.Reopen(); err != nil {
			log.Error("the log goes on where it was", "error", err)
		}
		files.ReadAll()
		log.Info("read all files again")
	})
}

// Warn tells of files that others on this machine can read or write.
func Warn(log *slog.Logger, tell func(sentence string), warnings []string) {
	for _, warning := range warnings {
		log.Warn(warning)
		tell("Warning: " + warning)
	}
}
