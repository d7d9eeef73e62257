package spill

import (
	"crypto/cipher"
	"errors"
	"slices"
)

// A flush writes the entries of a memory to a run, in a goroutine of its own, so that new entries can be put meanwhile. Neither the
// memory nor the runs that were there before it change until wait returns.
type flush struct {
	entries *memory
	done    chan flushResult
}

type flushResult struct {
	runs     runList
	replaced []*sortedRun // replaced are the runs that were merged into another one.
	err      error
}

func beginFlush(entries *memory, runs runList) *flush {
	f := &flush{entries, make(chan flushResult, 1)}
	runs.all = slices.Clone(runs.all)
	go func() {
		replaced, err := runs.addRun(entries)
		f.done <- flushResult{runs, replaced, err}
	}()
	return f
}

// wait returns the runs once the entries are in one of them. It can be called once.
func (f *flush) wait() (runList, error) {
	r := <-f.done
	for _, run := range r.replaced {
		r.err = errors.Join(r.err, discard(run.file))
	}
	return r.runs, r.err
}

// A runList has the runs of a table.
type runList struct {
	place   Place
	sealing cipher.AEAD
	all     []*sortedRun // all has the runs, ordered from the oldest to the newest.
	written uint64       // written is the number of runs that were ever written.
}

// runsPerMerge is the number of runs of one level that are merged into one run of the next level.
const runsPerMerge = 64

// addRun writes entries to a new run, and then merges runs if there are too many. It returns the runs that merged runs replaced,
// whose files are still there.
func (l *runList) addRun(entries *memory) (replaced []*sortedRun, err error) {
	err = l.writeNewRun(0, len(entries.nodes), mergeCursors(&cursor{entries: entries.sortedEntries()}))
	for level := 0; err == nil && l.countRunsAtLevel(level) == runsPerMerge; level++ {
		last := slices.Clone(l.all[len(l.all)-runsPerMerge:])
		replaced = append(replaced, last...)
		err = l.mergeLastRuns(last, level+1)
	}
	return replaced, err
}

func (l *runList) writeNewRun(level, most int, entries *cursorMerge) error {
	l.written++
	r, err := writeRun(l.place, l.sealing, l.written, most, entries)
	if err != nil {
		return err
	}
	r.level = level
	l.all = append(l.all, r)
	return nil
}

// countRunsAtLevel returns how many of the last runs have the given level.
func (l *runList) countRunsAtLevel(level int) (n int) {
	for _, r := range slices.Backward(l.all) {
		if r.level != level {
			break
		}
		n++
	}
	return n
}

// mergeLastRuns replaces the last runs by one run of the given level.
func (l *runList) mergeLastRuns(last []*sortedRun, level int) error {
	var cursors []*cursor
	most := 0
	for _, r := range last {
		cursors = append(cursors, r.newCursorFrom(""))
		most += r.entries
	}
	l.all = l.all[:len(l.all)-len(last)]
	return l.writeNewRun(level, most, mergeCursors(cursors...))
}

// discardAll deletes the files of all runs.
func (l *runList) discardAll() (err error) {
	for _, r := range l.all {
		err = errors.Join(err, discard(r.file))
	}
	l.all = nil
	return err
}
