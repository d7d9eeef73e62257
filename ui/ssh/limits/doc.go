// Package limits bounds what clients may use, so that a flood slows down only those who cause
// it. Each bound works by itself:
//
//   - Limiter bounds how many connections, handshakes and sessions there are, and how fast
//     they come.
//   - Conn bounds how fast bytes come, and how long a client may accept none.
//   - A limiter of turns (turns.go) bounds how often the server works for a visitor.
//   - CellBudget bounds the sizes of terminals, which take most of a session's memory.
//   - MemoryReleaser bounds how long unused memory is kept.
//
// The package stands on nothing of the desk. Start at Settings.
package limits
