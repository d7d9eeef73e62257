package bolt

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// Check walks over every page of one snapshot, below bbolt: bbolt takes it on
// trust where a page says that another one is, and would bring the program down
// over one that is not there. Commits go on meanwhile, because bbolt uses no page
// of a snapshot again while a transaction reads it: not those that the snapshot
// has in use, and not the one with its list of free pages. Of the free pages
// themselves nothing is read.
//
// bbolt's own check, which would find no more, is not used. It goes by the list of
// free pages that bbolt has in memory, which the next commit changes.
func (e *Engine) Check(ctx context.Context, found func(damage error)) error {
	if e.writer.life.Err() != nil {
		return context.Cause(e.writer.life)
	}
	f := e.writer.acquireFile()
	defer f.held.Done()
	f.views.RLock() // no Scrub
	defer f.views.RUnlock()
	tx, m, err := f.beginSnapshot(ctx)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	defer rollback(tx)
	w, err := newPageCheck(ctx, f.raw, f.pageSize, m, found)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return w.checkAll()
}

// beginSnapshot begins to read, and finds the meta page of what is read. Each meta page
// is written over by the next commit but one, which may come in between: then it
// begins again.
func (f *file) beginSnapshot(ctx context.Context) (*bbolt.Tx, meta, error) {
	for {
		if ctx.Err() != nil {
			return nil, meta{}, ctx.Err()
		}
		tx, err := f.db.Begin(false)
		if err != nil {
			return nil, meta{}, err
		}
		m, err := f.meta()
		if err == nil && m.txid == uint64(tx.ID()) {
			return tx, m, nil
		}
		rollback(tx)
		if err != nil {
			return nil, meta{}, err
		}
	}
}

// A pageCheck visits the pages of a file, each once.
type pageCheck struct {
	ctx     context.Context
	pages   pages
	meta    meta
	visited []bool // by page
	found   func(damage error)
	damaged bool
}

func newPageCheck(ctx context.Context, file readerAt, size int64, m meta, found func(error)) (*pageCheck, error) {
	whole, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if most := uint64(whole.Size() / size); m.end > most {
		return nil, fmt.Errorf("damaged database: has %d pages of %d", most, m.end)
	}
	return &pageCheck{ctx: ctx, pages: pages{file, size}, meta: m, visited: make([]bool, m.end), found: found}, nil
}

func (w *pageCheck) checkAll() error {
	if err := w.checkFreelist(); err != nil {
		return err
	}
	if err := w.checkTree(childPage{page: w.meta.root}, 0); err != nil || w.damaged {
		return err
	}
	for id := uint64(firstPage); id < w.meta.end; id++ {
		if !w.visited[id] {
			w.reportDamage(fmt.Errorf("page %d is neither in use nor free", id))
		}
	}
	return nil
}

// checkFreelist visits the list of free pages, and what is on it.
func (w *pageCheck) checkFreelist() error {
	list, err := w.pages.header(w.meta.freelist)
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

func (w *pageCheck) reportDamage(err error) {
	w.damaged = true
	w.found(err)
}

// markVisited marks a page and those that it overflows into, and reports whether they
// are there and were not visited yet.
func (w *pageCheck) markVisited(id, overflow uint64) bool {
	if id < firstPage || id >= w.meta.end || overflow >= w.meta.end-id {
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

// maxDepth is more than the pages that are ever on top of each other.
const maxDepth = 64

// checkTree walks over a page and all below it.
func (w *pageCheck) checkTree(c childPage, depth int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	id := c.page
	if id < firstPage || id >= w.meta.end || depth > maxDepth {
		w.reportDamage(fmt.Errorf("page %d is pointed to, and is none", id))
		return nil
	}
	head, err := w.pages.header(id)
	if err != nil {
		return err
	}
	if head.id != id || !w.markVisited(id, uint64(head.overflow)) {
		w.reportDamage(fmt.Errorf("page %d is used twice, or says that it is page %d, or is too large", id, head.id))
		return nil
	}
	text, err := w.pages.read(id, head)
	if err != nil {
		return err
	}
	below, err := childPages(head, text, c.span)
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
