package dialogue

import "time"

// A Watch is what the visitor waits for while they are asked something. The session
// looks every so often whether it is there, and says nothing until it is.
type Watch struct {
	Every time.Duration
	Look  func() error // an error once it is there, which ends the question
}

// ChooseDuring lets the visitor choose while they wait. They are not idle then: what they
// wait for says for how long.
func (s *Session) ChooseDuring(w Watch, all []Choice) (Next, error) {
	s.watch = &w
	defer func() {
		s.watch = nil
		s.postpone()
	}()
	return s.Choose(all, true)
}

// watching returns the moments at which to look, if the visitor waits for something.
func (s *Session) watching() (looks <-chan time.Time, stop func()) {
	if s.watch == nil {
		return nil, func() {}
	}
	ticker := time.NewTicker(s.watch.Every)
	return ticker.C, ticker.Stop
}
