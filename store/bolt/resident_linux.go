package bolt

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

const (
	// maxResident is how many bytes of files the process may have in its memory, its own
	// program included, before the pages of a database are let go.
	maxResident = 176 << 20

	// readsBetween is how many reads there are between two looks at that. Each brings in
	// 64 KB at most.
	readsBetween = 256
)

// countRead counts a read, and calls releasePages at intervals.
func (f *file) countRead() {
	if f.reads.Add(1)%readsBetween == 0 {
		f.releasePages()
	}
}

// releasePages lets go of what the process has in its memory of f, if that has become much.
// Else reading all of a large database would take as much memory as the database. The
// system still keeps it for as long as nobody needs that room. The caller has a transaction
// open, or is the writer: so f is not mapped anew meanwhile.
func (f *file) releasePages() {
	if residentFiles() < maxResident {
		return
	}
	info, err := f.osFile.Stat()
	if err != nil {
		return
	}
	// The mapping is shared, so that what is let go is read from the file again.
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, f.db.Info().Data, uintptr(info.Size()), unix.MADV_DONTNEED)
}

// residentFiles returns how many bytes of files the process has in its memory; 0 if that is
// not known.
func residentFiles() int64 {
	text, err := os.ReadFile("/proc/self/statm") // proc(5): in pages, of which the third is shared
	if fields := strings.Fields(string(text)); err == nil && len(fields) > 2 {
		pages, _ := strconv.ParseInt(fields[2], 10, 64)
		return pages * int64(os.Getpagesize())
	}
	return 0
}
