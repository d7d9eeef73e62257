package bolt

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

const (
	// maxResidentBytes is the number of bytes of mapped files, including the program itself, that the process may have in memory.
	// Above this limit it releases the pages of the database.
	maxResidentBytes = 176 << 20

	// readsPerMemoryCheck is the number of reads between two checks of the process's memory against maxResidentBytes. Each read brings at
	// most 64 KB into memory.
	readsPerMemoryCheck = 256
)

// countRead counts a read, and calls releasePages after every readsPerMemoryCheck reads.
func (f *file) countRead() {
	if f.reads.Add(1)%readsPerMemoryCheck == 0 {
		f.releasePages()
	}
}

// releasePages releases the memory of the process that holds pages of the file, if the process uses more than maxResidentBytes.
// Otherwise reading a large database would take as much memory as the database has. The system keeps the pages in its cache
// while it has room. The caller must have a transaction open or be the writer, so that bbolt does not map the file again in
// the meantime.
func (f *file) releasePages() {
	if residentFileBytes() < maxResidentBytes {
		return
	}
	info, err := f.osFile.Stat()
	if err != nil {
		return
	}
	// The mapping is shared, so the system reads a released page from the file again when it is needed.
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, f.db.Info().Data, uintptr(info.Size()), unix.MADV_DONTNEED)
}

// residentFileBytes returns the number of bytes of mapped files that the process has in memory, or 0 if the system does not say.
func residentFileBytes() int64 {
	text, err := os.ReadFile("/proc/self/statm") // The third number in statm counts the shared pages; see proc(5).
	if fields := strings.Fields(string(text)); err == nil && len(fields) > 2 {
		pages, _ := strconv.ParseInt(fields[2], 10, 64)
		return pages * int64(os.Getpagesize())
	}
	return 0
}
