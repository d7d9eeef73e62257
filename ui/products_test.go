package ui

import (
	"strings"
	"testing"
)

// TestProductsAtTheKiosk goes from logging in to a question about a product, and back.
func TestProductsAtTheKiosk(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.fills("csmit80", "Sterk-wacht1")
		for _, step := range []struct{ key, shows string }{
			{"home", "Goedemiddag, C. Smit"},
			{"1", "Stel een vraag over dit product"},
			{"ctrl+l", "Ask about this product"},
			{"enter", "088 663 06 63"},
			{"esc", "NL22 NNBA 0123 4567 89 · since 1 May 2019"},
			{"esc", "Good afternoon, C. Smit"},
			{"2", "Add a product"},
		} {
			v.press(step.key)
			if shown := v.screen(); !strings.Contains(shown, step.shows) {
				t.Fatalf("after %s there is no %q on\n%s", step.key, step.shows, shown)
			}
		}
	})
}
