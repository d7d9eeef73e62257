package dutch

import "testing"

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		why  string
		from Date
		n    int
		want Date
	}{
		{"Friday, no holidays", Date{2026, 11, 20}, 5, Date{2026, 11, 27}},
		{"Saturday", Date{2026, 11, 21}, 5, Date{2026, 11, 27}},
		{"Sunday", Date{2026, 11, 22}, 5, Date{2026, 11, 27}},
		{"Monday", Date{2026, 11, 23}, 5, Date{2026, 11, 30}},
		{"one day after Friday", Date{2026, 11, 20}, 1, Date{2026, 11, 23}},
		{"over Christmas and New Year", Date{2026, 12, 24}, 5, Date{2027, 1, 4}},
		{"over Easter, Good Friday works", Date{2026, 4, 2}, 5, Date{2026, 4, 10}},
		{"over Ascension", Date{2026, 5, 13}, 5, Date{2026, 5, 21}},
		{"over King's Day", Date{2026, 4, 24}, 1, Date{2026, 4, 28}},
		{"over Liberation Day", Date{2025, 5, 2}, 1, Date{2025, 5, 6}},
		{"none", Date{2026, 11, 22}, 0, Date{2026, 11, 22}},
		{"fewer", Date{2026, 11, 22}, -1, Date{2026, 11, 22}},
	} {
		if got := PublicHolidays().AddWorkingDays(c.from, c.n); got != c.want {
			t.Errorf("%s: %v and %d working days is %v, want %v", c.why, c.from, c.n, got, c.want)
		}
	}
}
