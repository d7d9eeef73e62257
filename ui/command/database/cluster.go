package database

import (
	"net"
	"strings"

	"loket/store/etcd"
	"loket/ui/command/console"
	"loket/ui/command/loopback"
)

// ClusterFlags has the flags for connecting to a database on an etcd cluster.
type ClusterFlags struct {
	CA        string `name:"etcd-ca" env:"ETCD_CA" placeholder:"FILE" group:"Cluster:" help:"Certificates (PEM) that may sign those of an etcd cluster, in place of those that this machine trusts."`
	Cert      string `name:"etcd-cert" env:"ETCD_CERT" placeholder:"FILE" group:"Cluster:" help:"The certificate (PEM) that this program shows the cluster."`
	Key       string `name:"etcd-key" env:"ETCD_KEY" placeholder:"FILE" group:"Cluster:" help:"The private key (PEM) of that certificate."`
	TLS       bool   `name:"etcd-tls" env:"ETCD_TLS" group:"Cluster:" help:"Speak TLS with the cluster, also if none of these files is given."`
	LoginFile string `name:"etcd-login" env:"ETCD_LOGIN" placeholder:"FILE" group:"Cluster:" help:"File with the name and the password by which the cluster knows us, as NAME:PASSWORD."`
}

// usesTLS reports whether the connection uses TLS.
func (c ClusterFlags) usesTLS() bool { return c.CA != "" || c.Cert != "" || c.TLS }

// checkFlags returns an error if the flags do not go together, or do not fit the database db.
func (c ClusterFlags) checkFlags(db string) error {
	switch {
	case !IsCluster(db) && c != ClusterFlags{}:
		return console.UsageError("the --etcd flags are for a database on a cluster: --db etcd://HOST:2379,HOST:2379,HOST:2379/NAME")
	case !IsCluster(db):
		return nil
	case c.Cert == "" != (c.Key == ""):
		return console.UsageError("--etcd-cert and --etcd-key go together")
	}
	members, _, err := etcd.ParseURL(db)
	if err != nil {
		return console.UsageError(err.Error())
	}
	if c.LoginFile != "" && !c.usesTLS() && !areLoopback(members) {
		return console.UsageError("a password would be sent in the open: give --etcd-ca, --etcd-cert or --etcd-tls with --etcd-login")
	}
	return nil
}

// ClusterWarnings returns warnings for an operator whose cluster is open to everybody on the network. Intruders cannot read
// the records, but they can delete records or put old ones back, so that used activation numbers work again.
func (d Database) ClusterWarnings() []string {
	members, _, err := etcd.ParseURL(d.DB)
	if !d.IsShared() || err != nil || areLoopback(members) {
		return nil
	}
	var without []string
	if !d.Cluster.usesTLS() {
		without = append(without, "TLS (--etcd-ca, --etcd-tls)")
	}
	if d.Cluster.LoginFile == "" && d.Cluster.Cert == "" {
		without = append(without, "users or certificates of clients (--etcd-login, --etcd-cert)")
	}
	if len(without) == 0 {
		return nil
	}
	return []string{"the cluster is on other machines, and is used without " + strings.Join(without, " and without ") + ": whoever can come to it can put back or delete records"}
}

// areLoopback reports whether all members of the cluster are on this machine.
func areLoopback(members []string) bool {
	for _, member := range members {
		if host, _, err := net.SplitHostPort(member); err != nil || !loopback.IsLocal(host) {
			return false
		}
	}
	return true
}

// IsCluster reports whether db names a database on a cluster. Other processes may have such a database open.
func IsCluster(db string) bool { return strings.HasPrefix(db, etcd.Scheme) }
