package etcd

import "flag"

// Under the race detector, a member in this process is ten times as slow.
var (
	underRace bool
	checks    = "30" // The number is small, because each check takes a new desk, which takes long on a cluster.
)

// Tests with random input use the same seed every time, unless the flag -rapid.seed sets another.
func init() {
	for name, value := range map[string]string{"rapid.seed": "1", "rapid.checks": checks} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}
