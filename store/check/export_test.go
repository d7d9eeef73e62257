package check

// RecordName is what people are told for a key.
func RecordName(key string) string { return recordName(key) }
