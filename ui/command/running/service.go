package running

import (
	"sync"

	"github.com/coreos/go-systemd/v22/daemon"
	"golang.org/x/time/rate"
)

// A SystemdNotifier sends the status of this process to systemd, if that started it (sd_notify(3)).
// It ignores errors, because a desk can do nothing about them.
type SystemdNotifier struct {
	ready       sync.Once
	stopping    sync.Once
	hasWatchdog bool // systemd has a watchdog, which ends a process that does not send a sign of life
	watchdog    rate.Sometimes
}

// NewSystemdNotifier returns a notifier that has not sent anything yet.
func NewSystemdNotifier() *SystemdNotifier {
	limit, err := daemon.SdWatchdogEnabled(false)
	return &SystemdNotifier{hasWatchdog: err == nil && limit > 0, watchdog: rate.Sometimes{Interval: limit / 2}}
}

// NotifyReady sends, the first time, that the desk is open.
func (s *SystemdNotifier) NotifyReady() { s.ready.Do(func() { s.notify(daemon.SdNotifyReady) }) }

// NotifyStopping sends, the first time, that the desk is stopping.
func (s *SystemdNotifier) NotifyStopping() {
	s.stopping.Do(func() { s.notify(daemon.SdNotifyStopping) })
}

// NotifyAlive sends a sign of life to the watchdog, no more often than that needs. The caller calls
// it about every second, from the loop that must not hang.
func (s *SystemdNotifier) NotifyAlive() {
	if s.hasWatchdog {
		s.watchdog.Do(func() { s.notify(daemon.SdNotifyWatchdog) })
	}
}

func (s *SystemdNotifier) notify(state string) { _, _ = daemon.SdNotify(false, state) }
