package etcdtest

import (
	"slices"
	"testing"
)

// KillAndSuspendMembers subjects a cluster of StartProcessCluster to faults that its users must survive: it kills and restarts the
// leader and another member, and it suspends and resumes them. During and after each fault it calls goesOn, which waits until
// the cluster's user makes progress.
func KillAndSuspendMembers(t testing.TB, all []*Member, goesOn func(after string)) {
	t.Helper()
	for _, leads := range []bool{true, false} {
		m := pickMember(t, all, leads)
		m.Stop()
		AwaitLeader(t, all)
		goesOn(m.describeMember(leads) + " was killed")
		m.Restart(t)
		goesOn(m.describeMember(leads) + " was started again")

		m = pickMember(t, all, leads)
		m.Suspend(t)
		AwaitLeader(t, otherMembers(all, m))
		goesOn(m.describeMember(leads) + " hangs")
		m.Resume(t)
		goesOn(m.describeMember(leads) + " goes on")
	}
}

func (m *Member) describeMember(leads bool) string {
	if leads {
		return m.config.Name + ", which led,"
	}
	return m.config.Name
}

// pickMember returns the leader if leads is true, and otherwise another member.
func pickMember(t testing.TB, all []*Member, leads bool) *Member {
	t.Helper()
	leader := AwaitLeader(t, all)
	if leads {
		return leader
	}
	return otherMembers(all, leader)[0]
}

func otherMembers(all []*Member, one *Member) []*Member {
	return slices.DeleteFunc(slices.Clone(all), func(m *Member) bool { return m == one })
}
