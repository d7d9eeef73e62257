// Package desk is what visitors, operators and background jobs have in common. A Desk is a
// store, a clock, randomness, a hasher and settings at one terminal. Its methods put messages
// into the outbox, issue activation numbers, draw and read codes, and count requests against
// daily quotas. Package desk also has the keys by which guesses are throttled.
//
// It stands on packages store, text, clock, dutch, argon2id and passkey. It knows no visit and
// no flow. Start at Desk, then read NotifyCustomer.
package desk
