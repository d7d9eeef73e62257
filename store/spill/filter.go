package spill

import "hash/maphash"

// A filter is a Bloom filter: it says that a key was certainly not added, or that it may have been. All bits of a key are in
// one cache line of the processor.
type filter [][wordsPerCacheLine]uint64

const (
	wordsPerCacheLine = 8
	bitsPerKey        = 12 // bitsPerKey gives about one false positive in 200 keys.
	bitsSetPerKey     = 6
)

func newFilter(keys int) filter { return make(filter, keys*bitsPerKey/(wordsPerCacheLine*64)+1) }

// hashSeed is the seed that all filters share.
var hashSeed = maphash.MakeSeed()

func hashOf(key string) uint64 { return maphash.String(hashSeed, key) }

func hashOfBytes(key []byte) uint64 { return maphash.Bytes(hashSeed, key) }

// cacheLineFor returns the cache line that has the bits of a hash, and the step from one bit to the next.
func (f filter) cacheLineFor(hash uint64) (line *[wordsPerCacheLine]uint64, step uint64) {
	return &f[(hash>>32)*uint64(len(f))>>32], hash*0x9e3779b97f4a7c15 | 1
}

func (f filter) addHash(hash uint64) {
	line, step := f.cacheLineFor(hash)
	for range bitsSetPerKey {
		hash += step
		at := hash >> (64 - 9)
		line[at/64] |= 1 << (at % 64)
	}
}

func (f filter) mayHaveHash(hash uint64) bool {
	line, step := f.cacheLineFor(hash)
	for range bitsSetPerKey {
		hash += step
		if at := hash >> (64 - 9); line[at/64]&(1<<(at%64)) == 0 {
			return false
		}
	}
	return true
}
