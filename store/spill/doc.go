// Package spill keeps entries for one run of a program, more than fit into memory: the
// newest in memory, and the others sorted in files ("runs"), which are merged when they
// are read in the order of their keys. An import gathers there what it is to write.
//
// What is in a file is sealed under a key that only this process has, and that is
// never stored. The files are readable by their owner alone. Where the system allows it
// they lose their names at once, so that nothing is left of them when the process ends,
// however that happens; elsewhere RemoveLeftovers takes them away later.
//
// It stands on nothing else of the store. Start at Table.
package spill
