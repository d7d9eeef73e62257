package etcd

import (
	"fmt"

	"loket/store/kvdb"
)

// maxValueSize is the size of the longest value, in bytes. etcd accepts requests of up to 1.5 MiB.
const maxValueSize = 1 << 20

// checkWritableEntry returns an error for an entry that the cluster would not accept.
func checkWritableEntry(w kvdb.Entry) error {
	if err := kvdb.CheckKey(w.Key); err != nil {
		return err
	}
	if len(w.Value) > maxValueSize {
		return fmt.Errorf("value of %d bytes", len(w.Value))
	}
	return nil
}
