// Package limits keeps clients within bounds, so that a crowd or an attacker slows down
// themselves and nobody else. Each bound stands by itself:
//
//   - Limiter: how many connections, handshakes and sessions there are, and how fast
//     they come
//   - Conn: how fast bytes come, and how long a client may take none
//   - Turns: how often something is done for a visitor
//   - CellBudget: how large terminals are, which is most of what a session takes of memory
//   - MemoryReleaser: how long memory is kept after a crowd
//
// It stands on nothing of the desk. Start at Settings.
package limits
