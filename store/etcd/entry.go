package etcd

import (
	"fmt"

	"loket/store/kvdb"
)

// maxValueSize is how long a value can be, in bytes: etcd takes 1.5 MiB in all.
const maxValueSize = 1 << 20

// checkEntry refuses what the cluster would not take.
func checkEntry(w kvdb.Entry) error {
	if err := kvdb.CheckKey(w.Key); err != nil {
		return err
	}
	if len(w.Value) > maxValueSize {
		return fmt.Errorf("value of %d bytes", len(w.Value))
	}
	return nil
}
