// Package buildinfo says what this program was built from.
package buildinfo

import "runtime/debug"

// Version returns what this program was built from: "v1.2.3 (revision)".
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			v += " (" + setting.Value + ")"
		}
	}
	return v
}
