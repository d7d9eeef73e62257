//go:build race

package etcd

// It is run before the init of seed_test.go, which comes after it by its name.
func init() { underRace, checks = true, "5" }
