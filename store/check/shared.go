package check

import (
	"iter"
	"sync"

	"loket/store/kvdb"
	"loket/store/spill"
)

// sharedKV lets several goroutines use one [kvdb.KV], one at a time. After endSharing it finds nothing.
type sharedKV struct {
	kvdb.KV
	mu      sync.Mutex
	isEnded bool
}

func (s *sharedKV) Get(key string) (value []byte, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isEnded {
		return nil, false
	}
	return s.KV.Get(key)
}

func (s *sharedKV) GetMany(keys []string) [][]byte {
	s.mu.Lock()
	over := s.isEnded
	s.mu.Unlock()
	if over {
		return make([][]byte, len(keys))
	}
	return s.KV.GetMany(keys)
}

func (s *sharedKV) Scan(prefix string) iter.Seq2[string, []byte] { return s.ScanAfter(prefix, "") }

func (s *sharedKV) ScanAfter(prefix, after string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.isEnded {
			return
		}
		for key, value := range s.KV.ScanAfter(prefix, after) {
			s.mu.Unlock()
			goes := yield(key, value)
			if s.mu.Lock(); !goes || s.isEnded {
				return
			}
		}
	}
}

// endSharing makes every later read return nothing.
func (s *sharedKV) endSharing() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.isEnded = true
}

// localCopy is a [kvdb.KV] that reads a copy of the entries.
type localCopy struct {
	kvdb.KV
	entries *spill.Table
}

func (l localCopy) Get(key string) (value []byte, found bool) { return l.entries.Get(key) }

func (l localCopy) ScanAfter(prefix, after string) iter.Seq2[string, []byte] {
	return l.entries.EntriesUnderPrefix(prefix, after)
}
