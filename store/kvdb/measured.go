package kvdb

import (
	"context"
	"iter"
	"time"
)

// Operation is what a [Measured] engine was asked to do.
type Operation string

const (
	OperationView   Operation = "view"
	OperationUpdate Operation = "update"
	OperationLoad   Operation = "load"
)

// Operations lists them.
var Operations = []Operation{OperationView, OperationUpdate, OperationLoad}

// MeasureEngine is engine, and tells observe how long each View, Update and Load took
// by now, waiting for others included, and what came of it. observe is called
// once for each, when it is over, by whoever asked for it, and may be called by
// many at once. One that panicked is not told of.
func MeasureEngine(engine Engine, now func() time.Time, observe func(o Operation, took time.Duration, err error)) Engine {
	return &measuredEngine{engine, now, observe}
}

type measuredEngine struct {
	Engine
	now     func() time.Time
	observe func(Operation, time.Duration, error)
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

func (m *measuredEngine) measureCall(o Operation, do func() error) error {
	began := m.now()
	err := do()
	m.observe(o, m.now().Sub(began), err)
	return err
}
