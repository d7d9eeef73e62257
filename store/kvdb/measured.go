package kvdb

import (
	"context"
	"iter"
	"time"
)

// Operation is what a [Measured] engine was asked to do.
type Operation string

const (
	Viewed  Operation = "view"
	Updated Operation = "update"
	Loaded  Operation = "load"
)

// Operations lists them.
var Operations = []Operation{Viewed, Updated, Loaded}

// Measured is engine, and tells observe how long each View, Update and Load took
// by now, waiting for others included, and what came of it. observe is called
// once for each, when it is over, by whoever asked for it, and may be called by
// many at once. One that panicked is not told of.
func Measured(engine Engine, now func() time.Time, observe func(o Operation, took time.Duration, err error)) Engine {
	return &measured{engine, now, observe}
}

type measured struct {
	Engine
	now     func() time.Time
	observe func(Operation, time.Duration, error)
}

func (m *measured) View(ctx context.Context, fn func(KV) error) error {
	return m.measure(Viewed, func() error { return m.Engine.View(ctx, fn) })
}

func (m *measured) Update(ctx context.Context, fn func(KV) error) error {
	return m.measure(Updated, func() error { return m.Engine.Update(ctx, fn) })
}

func (m *measured) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	return m.measure(Loaded, func() error { return m.Engine.Load(ctx, entries) })
}

func (m *measured) measure(o Operation, do func() error) error {
	began := m.now()
	err := do()
	m.observe(o, m.now().Sub(began), err)
	return err
}
