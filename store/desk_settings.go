package store

import "loket/store/sealedkv"

// DeskSettings has the settings of the desk that was opened last on a store. Other processes compare their own settings with
// it, because some settings must be the same in all processes: how long a number works, for example.
type DeskSettings struct {
	Values map[string]string `cbor:"1,keyasint"` // Values maps names of settings to their values as text.
}

// deskSettingsKey is the key of the DeskSettings. It sorts after the key of the seal: see backup.Copy.
const deskSettingsKey = MetaTable + "/settings"

// DeskSettings returns the settings of the desk that was opened last, if there was one.
func (tx *Tx) DeskSettings() (DeskSettings, bool) {
	return sealedkv.Get[DeskSettings](tx.sealed, deskSettingsKey)
}

// PutDeskSettings stores the settings of a desk.
func (tx *Tx) PutDeskSettings(s DeskSettings) { sealedkv.Put(tx.sealed, deskSettingsKey, s) }
