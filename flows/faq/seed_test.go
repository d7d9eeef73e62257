package faq

import "flag"

// Random tests use the same seed each time. The flag -rapid.seed sets another seed.
func init() {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
}
