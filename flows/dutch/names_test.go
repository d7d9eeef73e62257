package dutch

import "testing"

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
		{"e\u0301", "É."},
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
}

func FuzzInitials(f *testing.F) {
	fuzzParser(f, asText(ParseInitials), "AB", "a.b.", "Th.A.", "IJ.", "A-IJ", "ŉ", "ǆ.")
}
