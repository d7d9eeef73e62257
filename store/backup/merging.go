package backup

import (
	"slices"

	"loket/store/kvdb"
)

// A merger inserts pending entries into a stream of other entries. Both are sorted by key within each table.
type merger struct {
	putEntry func(key string, value []byte) error
	pending  []kvdb.Entry // pending has the entries that are not inserted yet, sorted by key within each table.
	table    string       // table is the table of the last entry of the stream.
}

// addStreamEntry puts the next entry of the stream, after the pending entries that precede it.
func (m *merger) addStreamEntry(key string, value []byte) error {
	if t := kvdb.TableFromKey(key); t != m.table {
		if err := m.flushPendingWhile(func(own string) bool { return kvdb.TableFromKey(own) == m.table }); err != nil {
			return err
		}
		m.table = t
	}
	if err := m.flushPendingWhile(func(own string) bool { return kvdb.TableFromKey(own) == m.table && own < key }); err != nil {
		return err
	}
	return m.putEntry(key, value)
}

// flushRestPending puts the remaining pending entries at the end of the stream, first those of the last table.
func (m *merger) flushRestPending() error {
	if err := m.flushPendingWhile(func(own string) bool { return kvdb.TableFromKey(own) == m.table }); err != nil {
		return err
	}
	return m.flushPendingWhile(func(string) bool { return true })
}

// flushPendingWhile puts the pending entries for which the function now returns true.
func (m *merger) flushPendingWhile(now func(key string) bool) error {
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
