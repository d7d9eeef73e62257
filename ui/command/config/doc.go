// Package config reads a configuration file: TOML in which every flag of a desk can stand, by
// its name. A flag on the command line counts over the environment, the environment over the
// file, and the file over the default.
//
// Start at Flag, which is the flag that names the file, and at Commands, which show and check
// one.
package config
