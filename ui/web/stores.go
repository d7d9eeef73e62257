package web

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"loket/store/kvdb"
)

// stores counts what a [kvdb.Measured] engine does.
type stores struct {
	worked     *prometheus.HistogramVec
	operations known
}

// Results of an operation on the store.
const (
	storeDone     = "done"
	storeFailed   = "failed"
	storeCanceled = "canceled" // since whoever asked for it no longer waits
	storeBusy     = "busy"     // kvdb.ErrBusy
	storeStopped  = "stopped"  // kvdb.ErrStopped: nothing is kept any more until the program is started anew
)

// storeResults lists them.
var storeResults = []string{storeDone, storeFailed, storeCanceled, storeBusy, storeStopped}

// quick is from a read in memory, a tenth of a millisecond, to a disk that hangs,
// six seconds, each four times the one before.
var quick = prometheus.ExponentialBuckets(0.0001, 4, 9)

func (m *Metrics) addStores() {
	m.worked = m.histogram("loket_store_seconds", "How long operations on the store took, by operation and result.", quick, "operation", "result")
	m.operations = newKnown(kvdb.Operations)
	for _, o := range kvdb.Operations {
		for _, result := range storeResults {
			m.worked.WithLabelValues(string(o), result)
		}
	}
}

// Stored is told of each operation on the store: see [kvdb.Measured].
func (m *Metrics) Stored(o kvdb.Operation, took time.Duration, err error) {
	if m != nil {
		m.worked.WithLabelValues(m.operations.word(string(o)), storeResult(err)).Observe(took.Seconds())
	}
}

func storeResult(err error) string {
	switch {
	case err == nil:
		return storeDone
	case errors.Is(err, kvdb.ErrStopped):
		return storeStopped
	case errors.Is(err, kvdb.ErrBusy):
		return storeBusy
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return storeCanceled
	}
	return storeFailed
}
