package dutch

import (
	"cmp"
	"slices"
	"testing"
)

func TestInitials(t *testing.T) {
	checkReadings(t, asText(ParseInitials), []reading{
		{"A.B.", "A.B."},
		{"AB", "A.B."},
		{"ab", "A.B."},
		{"a.b", "A.B."},
		{" a b ", "A.B."},
		{"A. B.", "A.B."},
		{"J.-P.", "J.P."},
		{"é", "É."},
		{"Th.A.", "Th.A."},
		{"Chr", "Chr."},
		{"TH", "T.H."},
		{"IJ.", "IJ."},
		{"A.IJ.M.", "A.IJ.M."},
		{"IJ", "I.J."},
		{"ABCDEFGHIJKL", "A.B.C.D.E.F.G.H.I.J.K.L."},
		{"ABCDEFGHIJKLM", ""},
		{"A1", ""},
		{"A,B", ""},
		{"...", ""},
		{"", ""},
	})
}

func TestName(t *testing.T) {
	for _, c := range []struct {
		name Name
		want string
	}{
		{Name{"A.B.", "van der", "Berg"}, "A.B. van der Berg"},
		{Name{"A.", "", "Jansen"}, "A. Jansen"},
		{Name{"", "van der", "Berg"}, "Van der Berg"},
		{Name{"", "'t", "Hart"}, "'t Hart"},
		{Name{"", "", "Özdemir"}, "Özdemir"},
		{Name{}, ""},
	} {
		if got := c.name.String(); got != c.want {
			t.Errorf("%#v is %q, want %q", c.name, got, c.want)
		}
	}
	nl, en := Name{"A.B.", "van der", "Berg"}.Salutation()
	if nl != "Beste A.B. van der Berg" || en != "Dear A.B. van der Berg" {
		t.Errorf("got %q and %q", nl, en)
	}
}

func TestSortKey(t *testing.T) {
	if got, want := (Name{"A.B.", "van der", "Berg"}).SortKey(), "berg, a.b. van der"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	sorted := []Name{
		{"A.", "", "Aalbers"},
		{"A.", "", "Berg"},
		{"A.", "van den", "Berg"},
		{"A.", "van der", "Berg"},
		{"B.", "", "berg"},
		{"A.", "", "Berg de Vries"},
		{"A.", "van", "Berg-Smit"},
		{"C.", "", "Çelik"},
		{"O.", "", "Özdemir"},
		{"A.", "", "Pieters"},
	}
	if !slices.IsSortedFunc(sorted, func(a, b Name) int { return cmp.Compare(a.SortKey(), b.SortKey()) }) {
		t.Errorf("not in order: %v", sorted)
	}
}

func FuzzInitials(f *testing.F) {
	fuzzParser(f, asText(ParseInitials), "AB", "a.b.", "Th.A.", "IJ.", "A-IJ", "ŉ", "ǆ.")
}
