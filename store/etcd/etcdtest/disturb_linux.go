package etcdtest

import (
	"slices"
	"testing"
)

// InjectFaults brings on what a cluster of members that were forked has to get over: each
// member in turn is killed and started again, or hangs for a while, the leader among
// them. In the midst of each and after it, goesOn waits until what the cluster is used
// for goes on.
func InjectFaults(t testing.TB, all []*Member, goesOn func(after string)) {
	t.Helper()
	for _, leads := range []bool{true, false} {
		m := pickMember(t, all, leads)
		m.Stop()
		Leader(t, all)
		goesOn(m.describe(leads) + " was killed")
		m.Restart(t)
		goesOn(m.describe(leads) + " was started again")

		m = pickMember(t, all, leads)
		m.Suspend(t)
		Leader(t, otherMembers(all, m))
		goesOn(m.describe(leads) + " hangs")
		m.Resume(t)
		goesOn(m.describe(leads) + " goes on")
	}
}

func (m *Member) describe(leads bool) string {
	if leads {
		return m.config.Name + ", which led,"
	}
	return m.config.Name
}

// pickMember is the leader, or one that is not.
func pickMember(t testing.TB, all []*Member, leads bool) *Member {
	t.Helper()
	leader := Leader(t, all)
	if leads {
		return leader
	}
	return otherMembers(all, leader)[0]
}

func otherMembers(all []*Member, one *Member) []*Member {
	return slices.DeleteFunc(slices.Clone(all), func(m *Member) bool { return m == one })
}
