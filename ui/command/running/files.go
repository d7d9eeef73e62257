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

// NewFileWatch returns a watch that reads files again when they change. It reports faults to the log and
// the metrics.
func NewFileWatch(log *slog.Logger, m *web.Metrics) *reload.FaultWatch {
	return &reload.FaultWatch{Log: log, SetGauge: m.SetFileFaultless}
}

// rereadInterval is how often the files are read again.
const rereadInterval = 10 * time.Second

// rereadFiles reads changed files again at intervals, until ctx is done. So a fault in a file is reported before somebody
// needs the file.
func rereadFiles(ctx context.Context, files *reload.FaultWatch, clock *clock.Clock) {
	for clock.Wait(ctx, rereadInterval) == nil {
		files.RereadAll()
	}
}

// RereadAtHangup makes SIGHUP read the files again and reopen the log, instead of ending the process.
func RereadAtHangup(c *console.Console, log *console.Log, files *reload.FaultWatch) {
	c.Hangup.SetHandler(func() {
		if err := log.Reopen(); err != nil {
			log.Error("the log goes on where it was", "error", err)
		}
		files.RereadAll()
		log.Info("read all files again")
	})
}

// LogWarnings writes warnings to the log, and shows them to the operator.
func LogWarnings(log *slog.Logger, tell func(sentence string), warnings []string) {
	for _, warning := range warnings {
		log.Warn(warning)
		tell("Warning: " + warning)
	}
}
