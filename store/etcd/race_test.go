//go:build race

package etcd

// This init function runs before that of seed_test.go, because the name of its file sorts first.
func init() { underRace, checks = true, "5" }
