// Package desk is what visitors, operators and background jobs have in common: a
// Desk, which is a store, a clock, randomness, a hasher and settings at one terminal,
// and what is done there whoever asked for it. It puts messages into the outbox,
// issues activation numbers, draws and reads codes, counts what one person may ask
// for in a day, and names what is guessed at.
//
// It stands on package store and on the ground below flows (text, clock, dutch,
// argon2id, passkey). It knows no visit and no flow. Start at Desk, then read Tell.
package desk
