package backup

import (
	"slices"

	"loket/store/kvdb"
)

// merger merges some entries into others that come sorted by key within each table.
type merger struct {
	putEntry func(key string, value []byte) error
	pending  []kvdb.Entry // sorted by key within each table; those that were not put yet
	table    string       // of the last one of the others
}

// add puts the next one of the others, and before it the own entries that precede it.
func (m *merger) add(key string, value []byte) error {
	if t := kvdb.TableOf(key); t != m.table {
		if err := m.flushWhile(func(own string) bool { return kvdb.TableOf(own) == m.table }); err != nil {
			return err
		}
		m.table = t
	}
	if err := m.flushWhile(func(own string) bool { return kvdb.TableOf(own) == m.table && own < key }); err != nil {
		return err
	}
	return m.putEntry(key, value)
}

// flushRest puts the remaining entries after the last one of the others: first those of
// its table.
func (m *merger) flushRest() error {
	if err := m.flushWhile(func(own string) bool { return kvdb.TableOf(own) == m.table }); err != nil {
		return err
	}
	return m.flushWhile(func(string) bool { return true })
}

// flushWhile puts the entries for which now is true.
func (m *merger) flushWhile(now func(key string) bool) error {
	var err error
	m.pending = slices.DeleteFunc(m.pending, func(e kvdb.Entry) bool {
		is := err == nil && now(e.Key)
		if is {
			err = m.putEntry(e.Key, e.Value)
		}
		return is
	})
	return err
}
