package kvdb

import (
	"context"
	"iter"
	"time"
)

// EngineOperation is the kind of an engine call that MeasureEngine measures.
type EngineOperation string

const (
	OperationView   EngineOperation = "view"
	OperationUpdate EngineOperation = "update"
	OperationLoad   EngineOperation = "load"
)

// Operations lists every kind of operation.
var Operations = []EngineOperation{OperationView, OperationUpdate, OperationLoad}

// MeasureEngine wraps engine so that it calls observe at the end of each View, Update and Load, with the error and the
// duration of the call. The duration includes waiting; now returns the current time. observe is called in the caller's
// goroutine, so possibly from several goroutines at once. It is not called if the engine call panics.
func MeasureEngine(engine Engine, now func() time.Time, observe func(o EngineOperation, took time.Duration, err error)) Engine {
	return &measuredEngine{engine, now, observe}
}

type measuredEngine struct {
	Engine
	now     func() time.Time
	observe func(EngineOperation, time.Duration, error)
}

func (m *measuredEngine) View(ctx context.Context, fn func(KV) error) error {
	return m.measureCall(OperationView, func() error { return m.Engine.View(ctx, fn) })
}

func (m *measuredEngine) Update(ctx context.Context, fn func(KV) error) error {
	return m.measureCall(OperationUpdate, func() error { return m.Engine.Update(ctx, fn) })
}

func (m *measuredEngine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	return m.measureCall(OperationLoad, func() error { return m.Engine.Load(ctx, entries) })
}

func (m *measuredEngine) measureCall(o EngineOperation, do func() error) error {
	began := m.now()
	err := do()
	m.observe(o, m.now().Sub(began), err)
	return err
}
