//go:build !linux

package bolt

// countRead and releasePages leave it to the system how much it keeps in memory.
func (f *file) countRead()    {}
func (f *file) releasePages() {}
