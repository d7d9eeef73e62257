package spill

import "hash/maphash"

// A filter says of a key that it was certainly not added, or that it may have been (a Bloom
// filter). All bits of a key are in one line of the processor's cache.
type filter [][lineWords]uint64

const (
	lineWords  = 8
	bitsPerKey = 12 // of which one key in 200 seems to have been added and was not
	keyBits    = 6
)

func newFilter(keys int) filter { return make(filter, keys*bitsPerKey/(lineWords*64)+1) }

// hashSeed is that of all filters.
var hashSeed = maphash.MakeSeed()

func hashOf(key string) uint64 { return maphash.String(hashSeed, key) }

func hashOfBytes(key []byte) uint64 { return maphash.Bytes(hashSeed, key) }

// lineOf returns the line that the bits of a hash are in, and the step from one to the next.
func (f filter) lineOf(hash uint64) (line *[lineWords]uint64, step uint64) {
	return &f[(hash>>32)*uint64(len(f))>>32], hash*0x9e3779b97f4a7c15 | 1
}

func (f filter) add(hash uint64) {
	line, step := f.lineOf(hash)
	for range keyBits {
		hash += step
		at := hash >> (64 - 9)
		line[at/64] |= 1 << (at % 64)
	}
}

func (f filter) mayHave(hash uint64) bool {
	line, step := f.lineOf(hash)
	for range keyBits {
		hash += step
		if at := hash >> (64 - 9); line[at/64]&(1<<(at%64)) == 0 {
			return false
		}
	}
	return true
}
