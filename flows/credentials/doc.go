// Package credentials is for flows that ask for a password, or that let a customer choose a new one.
//
// A Login asks for a username and a password. A Reauthentication asks a logged-in customer for the password once more. A
// PasswordChange replaces the password, by the rules of P1. Each of them holds a part of a flow's answers, and provides the
// fields of a step, the key for its throttle, its slow work and its outcome.
//
// The package builds on packages flow and desk. Start at Login.
package credentials
