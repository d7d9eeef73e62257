package etcd

import (
	"fmt"
	"testing"
)

// TestParse checks how the URL of a desk is parsed.
func TestParse(t *testing.T) {
	for where, want := range map[string]string{
		"etcd://a:1/desk":               "[a:1] desk",
		"etcd://a:1,[::1]:2,c:3/x/desk": "[a:1 [::1]:2 c:3] x/desk",
		"etcd://a:1/":                   "", "etcd://a:1": "", "etcd:///desk": "", "etcd://a/desk": "", "etcd://a:1//desk": "", "etcd://a:1/desk/": "", "a:1/desk": "",
	} {
		members, prefix, err := ParseURL(where)
		if got := fmt.Sprint(members, " ", prefix); err == nil && got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s, %v", where, got, err)
		}
	}
}
