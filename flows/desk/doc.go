// Package desk has the parts that visitors, operators and background jobs share.
//
// A Desk is a terminal with its store, clock, randomness, hasher and settings. Its methods put messages into the outbox, issue
// activation numbers, draw and read codes, and count requests against daily quotas. The package also defines the keys by which
// guesses are throttled.
//
// It builds on packages store, text, clock, dutch, argon2id and passkey, and knows nothing of visits and flows. Start at Desk,
// then read NotifyCustomer.
package desk
