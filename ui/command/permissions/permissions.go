// Package permissions warns of files that other users of the machine can read or write: keys, passwords, and lists of
// authorized keys. A user who can write in the folder of such a file can replace the file. On Windows it gives no warnings,
// because files have no mode. It also skips systemd credentials, which systemd protects.
package permissions

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The bits of a file mode that give permissions to users other than the owner.
const (
	nonOwnerWrite = 0o022
	groupRead     = 0o040
	othersRead    = 0o004
	groupExecute  = 0o010
	othersExecute = 0o001
)

// SecretWarnings returns a warning for each secret file that other users can read or write. If another user owns the file, the
// group may read it, because this process may need that permission. It skips empty paths.
func SecretWarnings(paths ...string) (warnings []string) {
	return fileWarnings(paths, func(path string, info fs.FileInfo) string {
		mode := info.Mode().Perm()
		if mode&(nonOwnerWrite|othersRead) == 0 && !(mode&groupRead != 0 && isOwnedByUs(info)) {
			return ""
		}
		return fmt.Sprintf("others on this machine can read or write %s, which is secret (mode %04o): chmod go= %s", path, mode, path)
	})
}

// KeyListWarnings returns a warning for each file with a list of keys that other users can write. It skips
// empty paths.
func KeyListWarnings(paths ...string) (warnings []string) {
	return fileWarnings(paths, func(path string, info fs.FileInfo) string {
		if !OthersCanWrite(info) {
			return ""
		}
		return fmt.Sprintf("others on this machine can write %s, and so let themselves in (mode %04o): chmod go-w %s", path, info.Mode().Perm(), path)
	})
}

// OthersCanWrite reports whether users other than the owner can write a file, according to its mode.
func OthersCanWrite(info fs.FileInfo) bool { return info.Mode().Perm()&nonOwnerWrite != 0 }

// isOwnedByUs reports whether the user of this process owns a file.
func isOwnedByUs(info fs.FileInfo) bool {
	uid, known := Owner(info)
	return known && uid == os.Geteuid()
}

// fileWarnings returns the warnings about files and their folders. The function of returns the warning about a file.
func fileWarnings(paths []string, of func(path string, info fs.FileInfo) string) (warnings []string) {
	for _, path := range paths {
		if path == "" || isCredential(path) {
			continue
		}
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() || !hasUnixModes {
			continue // If the file does not exist, its reader will report the error. A pipe needs no check.
		}
		target, err := filepath.EvalSymlinks(path)
		if err != nil {
			continue
		}
		for _, warning := range []string{of(path, info), folderWarning(path), folderWarning(target)} {
			if warning != "" && !slices.Contains(warnings, warning) {
				warnings = append(warnings, warning)
			}
		}
	}
	return warnings
}

// isCredential reports whether systemd passed a file as a credential (systemd.exec(5)).
func isCredential(path string) bool {
	folder := os.Getenv("CREDENTIALS_DIRECTORY")
	return folder != "" && strings.HasPrefix(path, folder+string(filepath.Separator))
}

// folderWarning returns a warning if other users can write in the folder of a file, and otherwise "".
func folderWarning(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	if err != nil || info.Mode()&fs.ModeSticky != 0 {
		return ""
	}
	writableBits := info.Mode().Perm() & nonOwnerWrite & accessibleBits(folder)
	if writableBits == 0 {
		return ""
	}
	return fmt.Sprintf("others on this machine can put another file in place of %s (mode %04o of its folder): chmod go-w %s", path, info.Mode().Perm(), folder)
}

// accessibleBits returns the permission bits of a folder, without those of users whom a parent folder keeps out.
func accessibleBits(folder string) fs.FileMode {
	bits := fs.FileMode(0o077)
	for {
		info, err := os.Stat(folder)
		if err != nil {
			return 0
		}
		mode := info.Mode().Perm()
		if mode&groupExecute == 0 {
			bits &^= 0o070
		}
		if mode&othersExecute == 0 {
			bits &^= 0o007
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return bits
		}
		folder = parent
	}
}
