// Package credentials is for flows that ask for a password, or let the customer choose one. A
// Login asks for username and password. A Reauthentication asks a customer who is logged in
// for the password once more. A PasswordChange replaces the password, by the rules of P1.
//
// Each is part of the answers of a flow. It has the fields of a step, the key by which that is
// throttled, its slow work and its outcome. It stands on packages flow and desk. Start at
// Login.
package credentials
