package display

import (
	"testing"

	"pgregory.net/rapid"
)

// TestChoose checks the choice among any letters against its rules.
func TestChoose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) letters {
			height := rapid.IntRange(4, 128).Draw(t, "height")
			return letters{rapid.IntRange(4, 64).Draw(t, "width"), height, rapid.IntRange(1, height).Draw(t, "capital")}
		}), 1, 30).Draw(t, "sizes")
		pixels := mode{rapid.IntRange(100, 4000).Draw(t, "width"), rapid.IntRange(100, 4000).Draw(t, "height")}
		s := screen{pixels, rapid.Float64Range(0, 1).Draw(t, "pixel"), minCapital(60)}
		best, is := s.choose(sizes)
		isUsable := func(l letters) bool { return l.fit(pixels).holds(smallestGrid) }
		for _, l := range sizes {
			if isUsable(l) && !is {
				t.Fatalf("%v is usable, and nothing is chosen", l)
			}
		}
		if !is {
			return
		}
		chosen := sizes[best]
		if !isUsable(chosen) {
			t.Fatalf("%v leaves too little room", chosen)
		}
		for _, l := range sizes {
			switch hasRoom := l.fit(pixels).holds(designGrid); {
			case !isUsable(l):
			case s.pixel > 0 && l.millimetres(s.pixel) >= s.capital && chosen.millimetres(s.pixel) < s.capital:
				t.Errorf("%v would be large enough, and not %v", l, chosen)
			case hasRoom && l.millimetres(s.pixel) >= s.capital && !chosen.fit(pixels).holds(designGrid):
				t.Errorf("%v leaves room for the design, and not %v", l, chosen)
			case hasRoom && chosen.fit(pixels).holds(designGrid) && l.capital > chosen.capital:
				t.Errorf("%v is larger than %v, and leaves room for the design", l, chosen)
			}
		}
	})
}

// TestMinCapital checks the height of capitals against EN 301 549 5.1.4, and against what its note says of 35 cm.
func TestMinCapital(t *testing.T) {
	for distance, want := range map[float64]float64{60: 7.33, 35: 4.28, 100: 12.22} {
		if got := minCapital(distance); got < want-0.005 || got > want+0.005 {
			t.Errorf("at %v cm: %v mm, not %v", distance, got, want)
		}
	}
}
