package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"loket/store"
	"loket/store/bolt"
	"loket/store/etcd"
	"loket/store/kvdb"
)

// Cluster is how to come to a database on an etcd cluster.
type Cluster struct {
	CA    string `name:"etcd-ca" env:"ETCD_CA" placeholder:"FILE" group:"Cluster:" help:"Certificates (PEM) that may sign those of an etcd cluster, in place of those that this machine trusts."`
	Cert  string `name:"etcd-cert" env:"ETCD_CERT" placeholder:"FILE" group:"Cluster:" help:"The certificate (PEM) that this program shows the cluster."`
	Key   string `name:"etcd-key" env:"ETCD_KEY" placeholder:"FILE" group:"Cluster:" help:"The private key (PEM) of that certificate."`
	TLS   bool   `name:"etcd-tls" env:"ETCD_TLS" group:"Cluster:" help:"Speak TLS with the cluster, also if none of these files is given."`
	Login string `name:"etcd-login" env:"ETCD_LOGIN" placeholder:"FILE" group:"Cluster:" help:"File with the name and the password by which the cluster knows us, as NAME:PASSWORD."`
}

// secured tells whether the connection is protected.
func (c Cluster) secured() bool { return c.CA != "" || c.Cert != "" || c.TLS }

// check refuses what cannot be meant, for the database db.
func (c Cluster) check(db string) error {
	switch {
	case !onCluster(db) && c != Cluster{}:
		return Usage("the --etcd flags are for a database on a cluster: --db etcd://HOST:2379,HOST:2379,HOST:2379/NAME")
	case !onCluster(db):
		return nil
	case c.Cert == "" != (c.Key == ""):
		return Usage("--etcd-cert and --etcd-key go together")
	}
	members, _, err := etcd.Parse(db)
	if err != nil {
		return Usage(err.Error())
	}
	if c.Login != "" && !c.secured() && !areHere(members) {
		return Usage("a password would be sent in the open: give --etcd-ca, --etcd-cert or --etcd-tls with --etcd-login")
	}
	return nil
}

// areHere tells whether all members are on this machine.
func areHere(members []string) bool {
	for _, member := range members {
		if host, _, err := net.SplitHostPort(member); err != nil || !isThisMachine(host) {
			return false
		}
	}
	return true
}

// onCluster tells whether a database is on a cluster, where others may have it open.
func onCluster(db string) bool { return strings.HasPrefix(db, etcd.Scheme) }

// shared tells whether others may have the database open.
func (d Database) shared() bool { return onCluster(d.DB) }

// engine opens what the database is in. The error is [kvdb.ErrNoFile] if there is
// nothing.
func (d Database) engine(ctx context.Context) (kvdb.Engine, error) {
	if !d.shared() {
		engine, err := bolt.Open(d.DB, bolt.Options{})
		if err != nil {
			return nil, err
		}
		return engine, nil
	}
	engine, err := d.newEngine(ctx)
	if err != nil {
		return nil, err
	}
	blank, err := store.Blank(ctx, engine)
	if err == nil && blank {
		err = kvdb.ErrNoFile
	}
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return engine, nil
}

// newEngine makes what a database is to be in.
func (d Database) newEngine(ctx context.Context) (kvdb.Engine, error) {
	if d.shared() {
		c := d.Cluster
		engine, err := etcd.Connect(ctx, d.DB, etcd.Options{CA: c.CA, Cert: c.Cert, Key: c.Key, Login: c.Login, TLS: c.TLS})
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

// discard takes away what newEngine made. On a cluster that is nothing.
func (d Database) discard() error {
	if d.shared() {
		return nil
	}
	return os.Remove(d.DB)
}

// trouble tells an operator what is the matter with a cluster, nil if that is not it.
func (d Database) trouble(err error) error {
	if !d.shared() {
		return nil
	}
	members, _, _ := etcd.Parse(d.DB)
	why, says := etcd.WhyOf(err)
	sentence := map[etcd.Why]string{
		etcd.Away:    fmt.Sprintf("no majority answers of the members that were tried, %s: see whether they run, and whether the --etcd flags suit them", strings.Join(members, ", ")),
		etcd.Full:    "the cluster has no room left, and takes no more writes: make room (etcdctl compact, defrag) or raise its quota, and then disarm the alarm (etcdctl alarm disarm)",
		etcd.Refused: "the cluster does not let us in or do this: see --etcd-login and --etcd-cert, and the role that they have there",
	}[why]
	if sentence == "" {
		return nil
	}
	if says != "" {
		sentence += " (" + says + ")"
	}
	return &unopened{sentence, err}
}

// told is the error of a command, in words for the operator where it is that a cluster
// has no room: that can come at any time.
func (d Database) told(err error) error {
	if why, _ := etcd.WhyOf(err); d.shared() && why == etcd.Full {
		return d.trouble(err)
	}
	return err
}

// receipts is what the names of files begin with in which the courier of a process,
// which has this name among those on the machine, keeps what has left: beside the
// database, or else beside the key file.
func (d Database) receipts(process string) string {
	if !d.shared() {
		return d.DB + ".sent"
	}
	plain := func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r <= ' ' {
			return '_'
		}
		return r
	}
	return d.keyFile() + "." + strings.Map(plain, process) + ".sent"
}
