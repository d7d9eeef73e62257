// Package spill holds more entries than fit into memory, during one run of a program. The newest entries are in memory. The
// others are sorted in files ("runs"), which are merged when entries are read in the order of their keys. An import collects
// its changes in this way.
//
// The files are sealed under a key that only this process has and that is never stored, and only their owner can read them. On
// systems that allow it, the name of a file is removed at once, so that the file is gone when the process ends, even after a
// crash. On other systems RemoveLeftovers deletes the files later.
//
// The package does not depend on the other packages of the store. Start at Table.
package spill
