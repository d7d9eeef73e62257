package lines

import "flag"

// The random tests use the same seed every time, unless -rapid.seed sets another one.
func init() {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
}
