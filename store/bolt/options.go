package bolt

import (
	"runtime"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
)

// Options are the options of a database. The zero value suits real data.
type Options struct {
	// NoSync skips the flush to disk after each commit, so the operating system decides when the data reaches the disk. It is
	// for databases that may be lost in a power cut.
	NoSync bool

	// IsUnlinked says that the file gets deleted while it is open, so it is not expected at its path.
	IsUnlinked bool
}

// lockTimeout is how long Open waits while another process has the file locked.
const lockTimeout = time.Second

// bboltOptions returns the options for bbolt. They store bbolt's list of free pages in the file: without the list a commit is
// somewhat faster, but opening a database reads all of it. Opening 1 GB takes 0.1 ms with the list and 0.8 s without it if the
// file is cached; 5 ms and 36 s if it is not.
//
// The list is kept as a sorted array, which is faster to write with each commit than bbolt's map: with 48,000 free pages a
// commit takes 3 ms instead of 12.
func bboltOptions(o Options, mapped int) *bbolt.Options {
	return &bbolt.Options{
		Timeout:         lockTimeout,
		NoSync:          o.NoSync,
		FreelistType:    bbolt.FreelistArrayType,
		InitialMmapSize: mapped,
		NoStatistics:    true,
	}
}

// smallMapSize is the number of bytes of address space to reserve for a file on a system that has little.
const smallMapSize = 16 << 20

// initialMapSize returns the number of bytes of address space to reserve for a file. It is more than a file is likely to need,
// because bbolt maps a file again that outgrows it, and waits for every View to end before that. On Windows it is small,
// because bbolt would at once make the file that large.
func initialMapSize() int {
	if runtime.GOOS == "windows" || strconv.IntSize < 64 {
		return smallMapSize
	}
	var size int64 = 64 << 30
	return int(size)
}
