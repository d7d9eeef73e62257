package running

import (
	"sync"

	"github.com/coreos/go-systemd/v22/daemon"
	"golang.org/x/time/rate"
)

// A SystemdNotifier sends the status of this process to systemd, if systemd started the process (sd_notify(3)). It ignores
// errors, because a desk can do nothing about them.
type SystemdNotifier struct {
	ready    sync.Once
	stopping sync.Once
	// hasWatchdog is true if systemd has a watchdog for the process: it kills the process when NotifyAlive is not called for
	// too long.
	hasWatchdog bool
	watchdog    rate.Sometimes
}

// NewSystemdNotifier returns a notifier that has not sent anything yet.
func NewSystemdNotifier() *SystemdNotifier {
	limit, err := daemon.SdWatchdogEnabled(false)
	return &SystemdNotifier{hasWatchdog: err == nil && limit > 0, watchdog: rate.Sometimes{Interval: limit / 2}}
}

// NotifyReady tells systemd that the desk is open. Later calls do nothing.
func (s *SystemdNotifier) NotifyReady() { s.ready.Do(func() { s.notify(daemon.SdNotifyReady) }) }

// NotifyStopping tells systemd that the desk is stopping. Later calls do nothing.
func (s *SystemdNotifier) NotifyStopping() {
	s.stopping.Do(func() { s.notify(daemon.SdNotifyStopping) })
}

// NotifyAlive tells the watchdog of systemd that the desk is alive, but not more often than necessary. The caller calls it
// about every second, from the loop that must not hang.
func (s *SystemdNotifier) NotifyAlive() {
	if s.hasWatchdog {
		s.watchdog.Do(func() { s.notify(daemon.SdNotifyWatchdog) })
	}
}

func (s *SystemdNotifier) notify(state string) { _, _ = daemon.SdNotify(false, state) }
