package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"runtime"

	"loket/store"
)

// Scrub overwrites with zeros what bbolt leaves behind. A page that a commit
// replaces stays in the file as it was, sealed values and all, until it is used
// again, which may be never. The error is [store.ErrBusy] while a View goes on,
// which may be reading such pages. Windows lets nobody write beside bbolt; there
// it does nothing.
//
// It is safe because the pages that the newest meta page lists as free are read
// by nobody: not by the next commit, not by a View, and not after a crash, which
// bbolt comes out of with the newest meta page that is whole. That one is on
// disk by now.
func (e *Engine) Scrub(ctx context.Context) error {
	if e.life.Err() != nil {
		return context.Cause(e.life)
	}
	if runtime.GOOS == "windows" {
		return nil
	}
	file, err := os.OpenFile(e.db.Path(), os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("scrub: %w", err)
	}
	defer file.Close()
	for from, more := uint64(0), true; more; {
		if from, more, err = e.scrubSome(ctx, file, from); err != nil {
			return fmt.Errorf("scrub: %w", err)
		}
	}
	return nil
}

// scrubAtOnce is how many pages are looked at while no commit can be made: for
// some milliseconds.
const scrubAtOnce = 4096

// scrubSome scrubs free pages from one on, and tells where to go on.
func (e *Engine) scrubSome(ctx context.Context, file *os.File, from uint64) (next uint64, more bool, err error) {
	if ctx.Err() != nil {
		return 0, false, ctx.Err()
	}
	tx, err := e.db.Begin(true) // no commit until it ends
	if err != nil {
		return 0, false, err
	}
	defer tx.Rollback()
	if !e.views.TryLock() {
		return 0, false, store.ErrBusy
	}
	e.views.Unlock() // who reads from now on reads nothing that is free
	size := int64(e.db.Info().PageSize)
	free, err := freePages(file, size)
	if err != nil {
		return 0, false, err
	}
	page, zeros := make([]byte, size), make([]byte, size)
	looked, wrote := 0, false
	for _, id := range free {
		if id < from {
			continue
		}
		if looked++; looked > scrubAtOnce {
			next, more = id, true
			break
		}
		if _, err := file.ReadAt(page, int64(id)*size); err != nil {
			return 0, false, err
		}
		if bytes.Equal(page, zeros) {
			continue
		}
		if _, err := file.WriteAt(zeros, int64(id)*size); err != nil {
			return 0, false, err
		}
		wrote = true
	}
	if wrote {
		err = file.Sync()
	}
	return next, more, err
}

// What bbolt's file looks like, as far as its list of free pages goes. All
// numbers are in the order of the machine that wrote it.
const (
	metaMagic    = 0xED0CDAED
	metaVersion  = 2
	metaSize     = 64
	pageHead     = 16
	freelistFlag = 0x10
	manyFree     = 0xFFFF // in place of a count, which then is the first of the numbers
)

var errFormat = errors.New("the file is not in the format of bbolt that is known")

// freePages lists the pages that the newest meta page says are free.
func freePages(file io.ReaderAt, size int64) (ids []uint64, err error) {
	var newest, list uint64
	found := false
	for slot := range int64(2) {
		meta := make([]byte, metaSize)
		if _, err := file.ReadAt(meta, slot*size+pageHead); err != nil {
			return nil, err
		}
		sum := fnv.New64a()
		sum.Write(meta[:metaSize-8])
		whole := binary.NativeEndian.Uint32(meta) == metaMagic && binary.NativeEndian.Uint32(meta[4:]) == metaVersion &&
			binary.NativeEndian.Uint64(meta[metaSize-8:]) == sum.Sum64()
		if txid := binary.NativeEndian.Uint64(meta[48:]); whole && (!found || txid > newest) {
			found, newest, list = true, txid, binary.NativeEndian.Uint64(meta[32:])
		}
	}
	if !found {
		return nil, errFormat
	}
	return readFreelist(file, int64(list)*size, list)
}

func readFreelist(file io.ReaderAt, at int64, id uint64) ([]uint64, error) {
	head := make([]byte, pageHead+8)
	if _, err := file.ReadAt(head, at); err != nil {
		return nil, err
	}
	if binary.NativeEndian.Uint64(head) != id || binary.NativeEndian.Uint16(head[8:]) != freelistFlag {
		return nil, errFormat
	}
	at += pageHead
	count := uint64(binary.NativeEndian.Uint16(head[10:]))
	if count == manyFree {
		count = binary.NativeEndian.Uint64(head[pageHead:])
		at += 8
	}
	list := make([]byte, 8*count)
	if _, err := file.ReadAt(list, at); err != nil && !(count == 0 && errors.Is(err, io.EOF)) {
		return nil, err
	}
	ids := make([]uint64, count)
	for i := range ids {
		ids[i] = binary.NativeEndian.Uint64(list[8*i:])
		if ids[i] < 2 { // the meta pages
			return nil, errFormat
		}
	}
	return ids, nil
}
