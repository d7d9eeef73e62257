package kvdb

import (
	"fmt"
	"strings"
)

// SplitKey splits the key of an engine, or a prefix of keys, into its table and the rest.
func SplitKey(key string) (table, rest string, err error) {
	table, rest, ok := strings.Cut(key, "/")
	if !ok || table == "" {
		return "", "", fmt.Errorf("key %.40q names no table", key)
	}
	return table, rest, nil
}

// CheckKey refuses an invalid key.
func CheckKey(key string) error {
	table, name, err := SplitKey(key)
	if err == nil && name == "" {
		err = fmt.Errorf("empty key in table %q", table)
	}
	return err
}

// TableOf returns the table of key.
func TableOf(key string) string {
	table, _, _ := strings.Cut(key, "/")
	return table
}
