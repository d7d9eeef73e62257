package etcdtest

import (
	"slices"
	"testing"
)

// Disturb brings on what a cluster of members that were forked has to get over: each
// member in turn is killed and started again, or hangs for a while, the leader among
// them. In the midst of each and after it, goesOn waits until what the cluster is used
// for goes on.
func Disturb(t testing.TB, all []*Member, goesOn func(after string)) {
	t.Helper()
	for _, leads := range []bool{true, false} {
		m := pick(t, all, leads)
		m.Stop()
		Leader(t, all)
		goesOn(m.named(leads) + " was killed")
		m.Restart(t)
		goesOn(m.named(leads) + " was started again")

		m = pick(t, all, leads)
		m.Hang(t)
		Leader(t, without(all, m))
		goesOn(m.named(leads) + " hangs")
		m.Resume(t)
		goesOn(m.named(leads) + " goes on")
	}
}

func (m *Member) named(leads bool) string {
	if leads {
		return m.config.Name + ", which led,"
	}
	return m.config.Name
}

// pick is the leader, or one that is not.
func pick(t testing.TB, all []*Member, leads bool) *Member {
	t.Helper()
	leader := Leader(t, all)
	if leads {
		return leader
	}
	return without(all, leader)[0]
}

func without(all []*Member, one *Member) []*Member {
	return slices.DeleteFunc(slices.Clone(all), func(m *Member) bool { return m == one })
}
