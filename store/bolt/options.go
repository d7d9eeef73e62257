package bolt

import (
	"runtime"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
)

// Options are options of a database. The zero value suits real data.
type Options struct {
	// NoSync leaves it to the operating system when commits reach the disk. It is for
	// databases that may be lost in a power cut.
	NoSync bool

	// Unlinked is for a file that is deleted while it is open.
	Unlinked bool
}

// lockTimeout is how long Open waits while another process has the file locked.
const lockTimeout = time.Second

// bboltOptions makes bbolt store its list of free pages in the file. Without it a commit
// is somewhat faster, but opening a database reads all of it: with 1 GB, 0.8 s when it is
// cached and 36 s when it is not, against 0.1 ms and 5 ms. For a list that is written
// with each commit, an array, which is always sorted, is faster than bbolt's map: with
// 48,000 free pages a commit takes 3 ms against 12.
func bboltOptions(o Options, mapped int) *bbolt.Options {
	return &bbolt.Options{
		Timeout:         lockTimeout,
		NoSync:          o.NoSync,
		FreelistType:    bbolt.FreelistArrayType,
		InitialMmapSize: mapped,
		NoStatistics:    true,
	}
}

// smallMapSize is how much address space to reserve where there is little of it.
const smallMapSize = 16 << 20

// initialMapSize returns how much address space to reserve: more than a file is likely to
// need, because a file that outgrows it is mapped again, for which bbolt waits until
// every View is over. On Windows the file would get that size at once.
func initialMapSize() int {
	if runtime.GOOS == "windows" || strconv.IntSize < 64 {
		return smallMapSize
	}
	var size int64 = 64 << 30
	return int(size)
}
