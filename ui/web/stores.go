package web

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"loket/store/kvdb"
)

// storeMetrics counts and measures the operations of an engine.
type storeMetrics struct {
	operationSeconds *prometheus.HistogramVec
	operations       allowedLabels
}

// The results of an operation on the store.
const (
	resultDone     = "done"
	resultFailed   = "failed"
	resultCanceled = "canceled" // resultCanceled means that the caller stopped waiting before the operation ended.
	resultBusy     = "busy"     // resultBusy means that the operation returned kvdb.ErrTooManyConflicts.
	// resultStopped means that the operation returned kvdb.ErrStopped: the engine accepts no more writes from this process.
	resultStopped = "stopped"
)

// operationResults lists all results of an operation on the store.
var operationResults = []string{resultDone, resultFailed, resultCanceled, resultBusy, resultStopped}

// durationBuckets are the buckets of a histogram, in seconds. They go from 0.1 ms, for a read from memory, to about 6 s, for a
// disk that hangs; each is four times the one before.
var durationBuckets = prometheus.ExponentialBuckets(0.0001, 4, 9)

func newStoreMetrics(r registry) *storeMetrics {
	s := &storeMetrics{
		operationSeconds: r.histogram("loket_store_seconds", "How long operations on the store took, by operation and result.", durationBuckets, "operation", "result"),
		operations:       newAllowedLabels(kvdb.Operations),
	}
	for _, o := range kvdb.Operations {
		for _, result := range operationResults {
			s.operationSeconds.WithLabelValues(string(o), result)
		}
	}
	return s
}

func (s *storeMetrics) observeOperation(o kvdb.EngineOperation, took time.Duration, err error) {
	s.operationSeconds.WithLabelValues(s.operations.labelFor(string(o)), operationResult(err)).Observe(took.Seconds())
}

func operationResult(err error) string {
	switch {
	case err == nil:
		return resultDone
	case errors.Is(err, kvdb.ErrStopped):
		return resultStopped
	case errors.Is(err, kvdb.ErrTooManyConflicts):
		return resultBusy
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return resultCanceled
	}
	return resultFailed
}
