// Package config reads a configuration file: TOML that can set every flag of a desk by its name. A flag on the command
// line overrides the environment, the environment overrides the file, and the file overrides the default.
//
// Start at Flag, which is the flag that names the file, and at Commands, which show and check a file.
package config
