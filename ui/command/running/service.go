package running

import (
	"sync"

	"github.com/coreos/go-systemd/v22/daemon"
	"golang.org/x/time/rate"
)

// A SystemdNotifier tells systemd how this process does, if that started it (sd_notify(3)).
// That nobody listens is no error, and nothing that a desk could do anything about.
type SystemdNotifier struct {
	ready    sync.Once
	stopping sync.Once
	watched  bool // systemd ends a process that does not say it is alive
	watchdog rate.Sometimes
}

// NewSystemdNotifier returns a service that is neither ready nor stopping.
func NewSystemdNotifier() *SystemdNotifier {
	limit, err := daemon.SdWatchdogEnabled(false)
	return &SystemdNotifier{watched: err == nil && limit > 0, watchdog: rate.Sometimes{Interval: limit / 2}}
}

// NotifyReady tells, once, that customers can come.
func (s *SystemdNotifier) NotifyReady() { s.ready.Do(func() { s.notify(daemon.SdNotifyReady) }) }

// NotifyStopping tells, once, that no more can.
func (s *SystemdNotifier) NotifyStopping() {
	s.stopping.Do(func() { s.notify(daemon.SdNotifyStopping) })
}

// NotifyAlive tells that the process does what it should, as often as systemd asks for
// at most. It is to be called from what must not hang, every second or so.
func (s *SystemdNotifier) NotifyAlive() {
	if s.watched {
		s.watchdog.Do(func() { s.notify(daemon.SdNotifyWatchdog) })
	}
}

func (s *SystemdNotifier) notify(state string) { _, _ = daemon.SdNotify(false, state) }
