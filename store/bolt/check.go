package bolt

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// Check walks over every page below bbolt and then has bbolt check the file
// itself: bbolt takes it on trust where a page says that another one is, and
// would bring the program down over one that is not there. It does so only if
// the walk found nothing. No commit is made meanwhile.
func (e *Engine) Check(ctx context.Context, found func(damage error)) error {
	if e.life.Err() != nil {
		return context.Cause(e.life)
	}
	f := e.hold()
	defer f.held.Done()
	tx, err := f.db.Begin(true)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	defer abandon(tx)
	w, err := newWalk(ctx, f.raw, int64(f.db.Info().PageSize), found)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if err := w.all(); err != nil || w.damaged {
		return err
	}
	for damage := range tx.Check(bbolt.WithKVStringer(silent{})) { // to the end: it cannot be stopped
		if ctx.Err() == nil {
			found(damage)
		}
	}
	return ctx.Err()
}

// silent has bbolt tell of no key what it is.
type silent struct{}

func (silent) KeyToString([]byte) string   { return "…" }
func (silent) ValueToString([]byte) string { return "…" }

// A walk visits the pages of a file, each once.
type walk struct {
	ctx     context.Context
	pages   pages
	meta    meta
	visited []bool // by page
	found   func(damage error)
	damaged bool
}

func newWalk(ctx context.Context, file readerAt, size int64, found func(error)) (*walk, error) {
	m, err := newestMeta(file, size)
	if err != nil {
		return nil, err
	}
	whole, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if most := uint64(whole.Size() / size); m.end > most {
		return nil, fmt.Errorf("damaged database: has %d pages of %d", most, m.end)
	}
	return &walk{ctx: ctx, pages: pages{file, size}, meta: m, visited: make([]bool, m.end), found: found}, nil
}

func (w *walk) all() error {
	if err := w.free(); err != nil {
		return err
	}
	if err := w.tree(w.meta.root, 0); err != nil || w.damaged {
		return err
	}
	for id := uint64(firstPage); id < w.meta.end; id++ {
		if !w.visited[id] {
			w.damage(fmt.Errorf("page %d is neither in use nor free", id))
		}
	}
	return nil
}

// free visits the list of free pages, and what is on it.
func (w *walk) free() error {
	list, err := w.pages.head(w.meta.freelist)
	if err != nil {
		return err
	}
	free, err := readFreelist(w.pages.file, w.pages.size, w.meta)
	if errors.Is(err, errFormat) || err == nil && !w.visit(w.meta.freelist, uint64(list.overflow)) {
		w.damage(errors.New("the list of free pages makes no sense"))
		return nil
	}
	for _, id := range free {
		if !w.visit(id, 0) {
			w.damage(fmt.Errorf("page %d is listed as free, and is none", id))
		}
	}
	return err
}

func (w *walk) damage(err error) {
	w.damaged = true
	w.found(err)
}

// visit marks a page and those that it overflows into, and tells whether they
// are there and were not visited yet.
func (w *walk) visit(id, overflow uint64) bool {
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

// deepest is more than the pages that are ever on top of each other.
const deepest = 64

// tree walks over a page and all below it.
func (w *walk) tree(id uint64, depth int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if id < firstPage || id >= w.meta.end || depth > deepest {
		w.damage(fmt.Errorf("page %d is pointed to, and is none", id))
		return nil
	}
	head, err := w.pages.head(id)
	if err != nil {
		return err
	}
	if head.id != id || !w.visit(id, uint64(head.overflow)) {
		w.damage(fmt.Errorf("page %d is used twice, or says that it is page %d, or is too large", id, head.id))
		return nil
	}
	text, err := w.pages.read(id, head)
	if err != nil {
		return err
	}
	below, err := children(head, text)
	if err != nil {
		w.damage(fmt.Errorf("page %d: %w", id, err))
		return nil
	}
	for _, child := range below {
		if err := w.tree(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}
