package etcd

import (
	"fmt"

	"loket/store/kvdb"
)

// longestValue is how long a value can be, in bytes: etcd takes 1.5 MiB in all.
const longestValue = 1 << 20

// check refuses what the cluster would not take.
func check(w kvdb.Entry) error {
	if err := kvdb.CheckKey(w.Key); err != nil {
		return err
	}
	if len(w.Value) > longestValue {
		return fmt.Errorf("value of %d bytes", len(w.Value))
	}
	return nil
}
