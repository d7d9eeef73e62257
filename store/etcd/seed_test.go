package etcd

import "flag"

// Under the race detector a member in this process takes ten times as long.
var (
	underRace bool
	checks    = "30" // a desk for each of a hundred takes long on a cluster
)

// The tests with chance in them take the same chances every time; with
// -rapid.seed they take others.
func init() {
	for name, value := range map[string]string{"rapid.seed": "1", "rapid.checks": checks} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}
