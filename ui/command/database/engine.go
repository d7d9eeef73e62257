package database

import (
	"context"
	"errors"
	"os"

	"loket/store"
	"loket/store/bolt"
	"loket/store/etcd"
	"loket/store/kvdb"
)

// OpenEngine opens what the database is in. The error is [store.ErrNoFile] if there is
// nothing.
func (d Database) OpenEngine(ctx context.Context) (kvdb.Engine, error) {
	if !d.IsShared() {
		engine, err := bolt.Open(d.DB, bolt.Options{})
		if err != nil {
			return nil, err
		}
		return engine, nil
	}
	engine, err := d.NewEngine(ctx)
	if err != nil {
		return nil, err
	}
	blank, err := store.IsEmptyEngine(ctx, engine)
	if err == nil && blank {
		err = kvdb.ErrNoFile
	}
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return engine, nil
}

// NewEngine makes what a database is to be in.
func (d Database) NewEngine(ctx context.Context) (kvdb.Engine, error) {
	if d.IsShared() {
		c := d.Cluster
		engine, err := etcd.Connect(ctx, d.DB, etcd.Options{CA: c.CA, Cert: c.Cert, Key: c.Key, Login: c.LoginFile, TLS: c.TLS})
		if err != nil {
			return nil, err
		}
		return engine, nil
	}
	engine, err := bolt.Create(d.DB, bolt.Options{})
	if err != nil {
		return nil, err
	}
	return engine, nil
}

// OpenOrNewEngine opens what a database is in, or makes it.
func (d Database) OpenOrNewEngine(ctx context.Context) (kvdb.Engine, error) {
	engine, err := d.OpenEngine(ctx)
	if errors.Is(err, kvdb.ErrNoFile) {
		engine, err = d.NewEngine(ctx)
	}
	return engine, err
}

// RemoveNewFile takes away what NewEngine made. On a cluster there is nothing to take away.
func (d Database) RemoveNewFile() error {
	if d.IsShared() {
		return nil
	}
	return os.Remove(d.DB)
}
