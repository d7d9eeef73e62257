package etcd

import (
	"fmt"

	"loket/store/kvdb"
)

// maxValueSize is the longest value, in bytes: etcd accepts 1.5 MiB in all.
const maxValueSize = 1 << 20

// checkEntry refuses what the cluster would not accept.
func checkEntry(w kvdb.Entry) error {
	if err := kvdb.CheckKey(w.Key); err != nil {
		return err
	}
	if len(w.Value) > maxValueSize {
		return fmt.Errorf("value of %d bytes", len(w.Value))
	}
	return nil
}
