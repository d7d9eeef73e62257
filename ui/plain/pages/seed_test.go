package pages

import "flag"

// The tests with chance in them take the same chances every time; with
// -rapid.seed they take others.
func init() {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
}
