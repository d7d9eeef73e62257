//go:build race

package etcd

// This init runs before that of seed_test.go, because its file name sorts first.
func init() { underRace, checks = true, "5" }
