package kvdb

import (
	"fmt"
	"strings"
)

// SplitKey takes the key of an engine, or the prefix of some, apart into its table
// and the rest.
func SplitKey(key string) (table, rest string, err error) {
	table, rest, ok := strings.Cut(key, "/")
	if !ok || table == "" {
		return "", "", fmt.Errorf("key %.40q names no table", key)
	}
	return table, rest, nil
}

// CheckKey refuses what is no key of an engine.
func CheckKey(key string) error {
	table, name, err := SplitKey(key)
	if err == nil && name == "" {
		err = fmt.Errorf("empty key in table %q", table)
	}
	return err
}

// TableOf returns the name of the table that key is in.
func TableOf(key string) string {
	table, _, _ := strings.Cut(key, "/")
	return table
}
