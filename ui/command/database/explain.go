package database

import (
	"errors"
	"fmt"
	"strings"

	"loket/store"
	"loket/store/etcd"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/ui/command/control"
)

// explainOpenError returns an error that tells an operator why a store cannot be opened, and what to do about it.
func (d Database) explainOpenError(err error) error {
	if cause := d.ClusterError(err); cause != nil {
		return cause
	}
	if _, said := errors.AsType[*OpenError](err); said {
		return err
	}
	if schema, is := errors.AsType[store.OldSchema](err); is {
		return &OpenError{fmt.Sprintf("%s has schema version %d, and this loket works with version %d: bring it there with loket migrate --db %s, or open the desk, which does so too. Nothing was changed", d.DB, int(schema), store.Version, d.DB), schema}
	}
	says := map[error]string{
		store.ErrOldKeys:        fmt.Sprintf("the key file %s is of an earlier loket: bring it to this one with loket migrate --db %s, or open the desk, which does so too. Nothing was changed", d.KeyFile(), d.DB),
		kvdb.ErrNoFile:          fmt.Sprintf("there is no database %s; make one with: loket import --db %s data.jsonl", d.DB, d.DB),
		kvdb.ErrInUse:           fmt.Sprintf("another process has the database %s open, and takes no such command from here: stop it first. A desk takes the commands of operators at %s; if that is not there, its log says why", d.DB, control.SocketPath(d.DB)),
		keyring.ErrNoFile:       fmt.Sprintf("the key file %s is not there, and without it nobody can read %s: put it back, or say where it is with --keys", d.KeyFile(), d.DB),
		store.ErrWrongKeys:      fmt.Sprintf("the key file %s belongs to another database than %s, or lacks the key that it was sealed under since", d.KeyFile(), d.DB),
		store.ErrIncompleteCopy: fmt.Sprintf("somebody began to copy a database to %s, which is not complete: run that loket copy again", d.DB),
	}
	for reason, sentence := range says {
		if errors.Is(err, reason) {
			return &OpenError{sentence, reason}
		}
	}
	return fmt.Errorf("%s cannot be used: %w", d.DB, err)
}

// OpenError is the error of opening a database, with a sentence for the operator.
type OpenError struct {
	Sentence string
	Reason   error
}

func (u *OpenError) Error() string { return u.Sentence }
func (u *OpenError) Unwrap() error { return u.Reason }

// ClusterError returns an error that tells an operator what is wrong with the cluster, or nil if err is not an error of the
// cluster.
func (d Database) ClusterError(err error) error {
	if !d.IsShared() {
		return nil
	}
	members, _, _ := etcd.ParseURL(d.DB)
	why, says := etcd.ClassifyError(err)
	sentence := map[etcd.Status]string{
		etcd.StatusUnavailable:  fmt.Sprintf("no majority answers of the members that were tried, %s: see whether they run, and whether the --etcd flags suit them", strings.Join(members, ", ")),
		etcd.StatusFull:         "the cluster has no room left, and takes no more writes: make room (etcdctl compact, defrag) or raise its quota, and then disarm the alarm (etcdctl alarm disarm)",
		etcd.StatusLoginRefused: "the cluster does not let us in or do this: see --etcd-login and --etcd-cert, and the role that they have there",
	}[why]
	if sentence == "" {
		return nil
	}
	if says != "" {
		sentence += " (" + says + ")"
	}
	return &OpenError{sentence, err}
}

// explainFullCluster adds an explanation to the error of a command if the cluster has no space left, which can happen during
// any write.
func (d Database) explainFullCluster(err error) error {
	if why, _ := etcd.ClassifyError(err); d.IsShared() && why == etcd.StatusFull {
		return d.ClusterError(err)
	}
	return err
}
