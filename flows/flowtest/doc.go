// Package flowtest is what tests of flows stand on: a desk whose clock, hasher and
// engine tell what was asked of them, a cast of customers that its store knows, and
// the player of the transcripts in flows/testdata, which are the specification.
//
// It is for tests alone. Start at New, then read Replay.
package flowtest
