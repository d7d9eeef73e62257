// Package flowtest helps to test flows. It has a desk whose clock, hasher and database engine record their calls, a cast of
// fictional customers, and a player for the transcripts in flows/testdata. The transcripts specify how the flows behave.
//
// Start at New, then read ReplayTranscripts.
package flowtest
