//go:build !unix

package permissions

import "io/fs"

// hasUnixModes is whether file modes say who can read and write a file.
const hasUnixModes = false

// Owner returns no user: files of this system have no number for one.
func Owner(fs.FileInfo) (uid int, known bool) { return 0, false }
