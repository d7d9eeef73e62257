//go:build !linux

package bolt

// countRead and releasePages do nothing: on this system the kernel alone decides which pages of the file stay in memory.
func (f *file) countRead()    {}
func (f *file) releasePages() {}
