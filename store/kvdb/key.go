package kvdb

import (
	"fmt"
	"strings"
)

// SplitKey splits a key, or the prefix of a key, into the name of its table and the rest.
func SplitKey(key string) (table, rest string, err error) {
	table, rest, ok := strings.Cut(key, "/")
	if !ok || table == "" {
		return "", "", fmt.Errorf("key %.40q names no table", key)
	}
	return table, rest, nil
}

// CheckKey returns an error if key is not valid for an engine.
func CheckKey(key string) error {
	table, name, err := SplitKey(key)
	if err == nil && name == "" {
		err = fmt.Errorf("empty key in table %q", table)
	}
	return err
}

// TableFromKey returns the name of the table to which key belongs.
func TableFromKey(key string) string {
	table, _, _ := strings.Cut(key, "/")
	return table
}
