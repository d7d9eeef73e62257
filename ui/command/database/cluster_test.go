package database_test

import (
	"errors"
	"strings"
	"testing"

	"loket/ui/command/console"
	"loket/ui/command/database"
)

// TestUnguarded checks the warnings about a cluster on other machines without protection.
func TestUnguarded(t *testing.T) {
	const here, there = "etcd://127.0.0.1:2379/desk", "etcd://10.0.0.1:2379,10.0.0.2:2379/desk"
	for _, test := range []struct {
		database.Database
		want string // want is empty if there must be no warning.
	}{
		{database.Database{DB: there}, "is used without TLS (--etcd-ca, --etcd-tls) and without users or certificates of clients (--etcd-login, --etcd-cert): whoever"},
		{database.Database{DB: there, Cluster: database.ClusterFlags{TLS: true}}, "is used without users or certificates"},
		{database.Database{DB: there, Cluster: database.ClusterFlags{LoginFile: "l", TLS: true}}, ""},
		{database.Database{DB: there, Cluster: database.ClusterFlags{CA: "c", Cert: "c", Key: "k"}}, ""},
		{database.Database{DB: here}, ""},
		{database.Database{DB: "file"}, ""},
	} {
		if says := strings.Join(test.ClusterWarnings(), "\n"); test.want == "" && says != "" || !strings.Contains(says, test.want) {
			t.Errorf("%+v: %q, want %q", test.Database, says, test.want)
		}
	}
}

// TestClusterFlags checks which combinations of flags for a cluster are allowed.
func TestClusterFlags(t *testing.T) {
	const here, there = "etcd://127.0.0.1:2379/desk", "etcd://10.0.0.1:2379,10.0.0.2:2379/desk"
	for _, test := range []struct {
		database.Database
		want string // want is empty if the flags are allowed.
	}{
		{database.Database{DB: there, Keys: "k"}, ""},
		{database.Database{DB: there}, "say with --keys where the key file is"},
		{database.Database{DB: "etcd://desk", Keys: "k"}, "etcd://desk is not like etcd://"},
		{database.Database{DB: "file", Cluster: database.ClusterFlags{CA: "c"}}, "the --etcd flags are for a database on a cluster"},
		{database.Database{Cluster: database.ClusterFlags{TLS: true}}, "the --etcd flags are for a database on a cluster"},
		{database.Database{DB: there, Keys: "k", Cluster: database.ClusterFlags{CA: "c", Cert: "c", Key: "k", LoginFile: "l"}}, ""},
		{database.Database{DB: there, Keys: "k", Cluster: database.ClusterFlags{Cert: "c"}}, "--etcd-cert and --etcd-key go together"},
		{database.Database{DB: there, Keys: "k", Cluster: database.ClusterFlags{Key: "k"}}, "--etcd-cert and --etcd-key go together"},
		{database.Database{DB: there, Keys: "k", Cluster: database.ClusterFlags{LoginFile: "l"}}, "a password would be sent in the open"},
		{database.Database{DB: there, Keys: "k", Cluster: database.ClusterFlags{LoginFile: "l", TLS: true}}, ""},
		{database.Database{DB: here, Keys: "k", Cluster: database.ClusterFlags{LoginFile: "l"}}, ""},
	} {
		err := test.Check()
		_, usage := errors.AsType[console.UsageError](err)
		if test.want == "" && err != nil || test.want != "" && (!usage || !strings.HasPrefix(err.Error(), test.want)) {
			t.Errorf("%+v: %v, want %q", test.Database, err, test.want)
		}
	}
}
