// Package credentials is what flows have in common that ask for a password, or have
// one chosen: a Login takes username and password, a Reauthentication the password
// once more of a customer who is logged in, and a PasswordChange puts a new one in
// place of it, by the rules of P1.
//
// Each is part of the answers of a flow: it gives a step its fields, what it guards,
// its slow work and its outcome. It stands on packages flow and desk. Start at Login.
package credentials
