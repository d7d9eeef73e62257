package running

import (
	"sync"

	"github.com/coreos/go-systemd/v22/daemon"
	"golang.org/x/time/rate"
)

// A Service tells systemd how this process does, if that started it (sd_notify(3)).
// That nobody listens is no error, and nothing that a desk could do anything about.
type Service struct {
	ready    sync.Once
	stopping sync.Once
	watched  bool // systemd ends a process that does not say it is alive
	watchdog rate.Sometimes
}

// NewService returns a service that is neither ready nor stopping.
func NewService() *Service {
	limit, err := daemon.SdWatchdogEnabled(false)
	return &Service{watched: err == nil && limit > 0, watchdog: rate.Sometimes{Interval: limit / 2}}
}

// Ready tells, once, that customers can come.
func (s *Service) Ready() { s.ready.Do(func() { s.tell(daemon.SdNotifyReady) }) }

// Stopping tells, once, that no more can.
func (s *Service) Stopping() { s.stopping.Do(func() { s.tell(daemon.SdNotifyStopping) }) }

// Alive tells that the process does what it should, as often as systemd asks for
// at most. It is to be called from what must not hang, every second or so.
func (s *Service) Alive() {
	if s.watched {
		s.watchdog.Do(func() { s.tell(daemon.SdNotifyWatchdog) })
	}
}

func (s *Service) tell(state string) { _, _ = daemon.SdNotify(false, state) }
