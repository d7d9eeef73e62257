package bolt

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// Check reads every page of one snapshot, without bbolt: bbolt does not check references
// between pages, and crashes the program if a page is missing. Commits go on in the
// meantime, because bbolt does not reuse the pages of a snapshot while a transaction
// reads it, including the page with its list of free pages. Check does not read the free
// pages themselves.
//
// It does not use bbolt's own check, which would find no more, because that uses the list
// of free pages in memory, which the next commit changes.
func (e *Engine) Check(ctx context.Context, found func(damage error)) error {
	if e.writer.lifetime.Err() != nil {
		return context.Cause(e.writer.lifetime)
	}
	f := e.writer.acquireFile()
	defer f.holders.Done()
	f.viewLock.RLock() // Scrub must not overwrite pages while Check reads them.
	defer f.viewLock.RUnlock()
	tx, m, err := f.beginSnapshot(ctx)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	defer rollback(tx)
	w, err := newPageChecker(ctx, f.osFile, f.pageSize, m, found)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return w.checkAllPages()
}

// beginSnapshot begins a read transaction and returns its meta page. The second commit after a transaction overwrites the meta
// page of that transaction; if this happens before it is read, beginSnapshot starts again.
func (f *file) beginSnapshot(ctx context.Context) (*bbolt.Tx, metaPage, error) {
	for {
		if ctx.Err() != nil {
			return nil, metaPage{}, ctx.Err()
		}
		tx, err := f.db.Begin(false)
		if err != nil {
			return nil, metaPage{}, err
		}
		m, err := f.meta()
		if err == nil && m.txid == uint64(tx.ID()) {
			return tx, m, nil
		}
		rollback(tx)
		if err != nil {
			return nil, metaPage{}, err
		}
	}
}

// A pageChecker visits every page of a database file once and reports damage.
type pageChecker struct {
	ctx      context.Context
	pages    pageReader
	meta     metaPage
	visited  []bool // visited reports, by page number, whether a page was visited.
	onDamage func(damage error)
	damaged  bool
}

func newPageChecker(ctx context.Context, file databaseReader, size int64, m metaPage, found func(error)) (*pageChecker, error) {
	whole, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if most := uint64(whole.Size() / size); m.end > most {
		return nil, fmt.Errorf("damaged database: has %d pages of %d", most, m.end)
	}
	return &pageChecker{ctx: ctx, pages: pageReader{file, size}, meta: m, visited: make([]bool, m.end), onDamage: found}, nil
}

func (w *pageChecker) checkAllPages() error {
	if err := w.checkFreelist(); err != nil {
		return err
	}
	if err := w.checkTree(childPage{page: w.meta.root}, 0); err != nil || w.damaged {
		return err
	}
	for id := uint64(firstDataPage); id < w.meta.end; id++ {
		if !w.visited[id] {
			w.reportDamage(fmt.Errorf("page %d is neither in use nor free", id))
		}
	}
	return nil
}

// checkFreelist checks the pages that hold the list of free pages, and marks the free pages as visited.
func (w *pageChecker) checkFreelist() error {
	list, err := w.pages.readHeader(w.meta.freelist)
	if err != nil {
		return err
	}
	free, err := readFreelist(w.pages.file, w.pages.size, w.meta)
	if errors.Is(err, errFormat) || err == nil && !w.markVisited(w.meta.freelist, uint64(list.overflow)) {
		w.reportDamage(errors.New("the list of free pages makes no sense"))
		return nil
	}
	for _, id := range free {
		if !w.markVisited(id, 0) {
			w.reportDamage(fmt.Errorf("page %d is listed as free, and is none", id))
		}
	}
	return err
}

func (w *pageChecker) reportDamage(err error) {
	w.damaged = true
	w.onDamage(err)
}

// markVisited marks a page and its overflow pages as visited. It reports whether they all exist and none of them had been
// visited before.
func (w *pageChecker) markVisited(id, overflow uint64) bool {
	if id < firstDataPage || id >= w.meta.end || overflow >= w.meta.end-id {
		return false
	}
	for i := id; i <= id+overflow; i++ {
		if w.visited[i] {
			return false
		}
		w.visited[i] = true
	}
	return true
}

// maxDepth limits how deep checkTree descends; no valid tree of pages is this deep.
const maxDepth = 64

// checkTree checks a page and, recursively, its child pages.
func (w *pageChecker) checkTree(c childPage, depth int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	id := c.page
	if id < firstDataPage || id >= w.meta.end || depth > maxDepth {
		w.reportDamage(fmt.Errorf("page %d is pointed to, and is none", id))
		return nil
	}
	head, err := w.pages.readHeader(id)
	if err != nil {
		return err
	}
	if head.id != id || !w.markVisited(id, uint64(head.overflow)) {
		w.reportDamage(fmt.Errorf("page %d is used twice, or says that it is page %d, or is too large", id, head.id))
		return nil
	}
	text, err := w.pages.readPage(id, head)
	if err != nil {
		return err
	}
	below, err := childPages(head, text, c.keyRange)
	if err != nil {
		w.reportDamage(fmt.Errorf("page %d: %w", id, err))
		return nil
	}
	for _, child := range below {
		if err := w.checkTree(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}
