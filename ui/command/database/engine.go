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

// OpenEngine opens the engine of an existing database. It returns [store.ErrNoFile] if there is no database.
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

// NewEngine makes the engine of a new database.
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

// OpenOrNewEngine opens the engine of the database, or makes a new one if there is no database.
func (d Database) OpenOrNewEngine(ctx context.Context) (kvdb.Engine, error) {
	engine, err := d.OpenEngine(ctx)
	if errors.Is(err, kvdb.ErrNoFile) {
		engine, err = d.NewEngine(ctx)
	}
	return engine, err
}

// RemoveNewFile removes the database file that NewEngine made. For a cluster it does nothing.
func (d Database) RemoveNewFile() error {
	if d.IsShared() {
		return nil
	}
	return os.Remove(d.DB)
}
