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

// NewFiles returns a watch that reads files again when they change. It reports faults to the log and
// the metrics.
func NewFiles(log *slog.Logger, m *web.Metrics) *reload.Watch {
	return &reload.Watch{Log: log, Gauge: m.FileRead}
}

// rereadEvery is how often the files are read again.
const rereadEvery = 10 * time.Second

// reread reads the files again until ctx is done. So a fault is reported before somebody needs the
// file.
func reread(ctx context.Context, files *reload.Watch, clock *clock.Clock) {
	for clock.Wait(ctx, rereadEvery) == nil {
		files.ReadAll()
	}
}

// ReadAtHangup makes SIGHUP read the files again and reopen the log, instead of ending the process.
func ReadAtHangup(c *console.Console, log *console.Log, files *reload.Watch) {
	c.Hangup.Instead(func() {
		if err := log.Reopen(); err != nil {
			log.Error("the log goes on where it was", "error", err)
		}
		files.ReadAll()
		log.Info("read all files again")
	})
}

// Warn writes warnings to the log, and shows them to the operator.
func Warn(log *slog.Logger, tell func(sentence string), warnings []string) {
	for _, warning := range warnings {
		log.Warn(warning)
		tell("Warning: " + warning)
	}
}
