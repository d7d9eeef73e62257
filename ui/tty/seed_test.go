package tty

import "flag"

// Tests with random input use the same seed every time, unless the flag -rapid.seed sets another.
func init() {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
}
