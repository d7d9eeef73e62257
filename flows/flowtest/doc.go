// Package flowtest is for tests of flows. It has a desk whose clock, hasher and engine record
// their calls, a cast of customers, and the player of the transcripts in flows/testdata, which
// are the specification.
//
// It is for tests alone. Start at New, then read ReplayTranscripts.
package flowtest
