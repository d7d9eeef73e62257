package check

// A Problem is a fault that Run found in a store. It holds no personal data: it identifies a record by its key, which is
// hashed.
type Problem struct {
	Table   string `json:"table"`            // Table is the table of the record, or "engine" for a fault in the engine's files.
	Record  string `json:"record,omitempty"` // Record is the key of the record in its table, as text or in hexadecimal.
	Finding string `json:"says"`
}

func (p Problem) String() string {
	if p.Record == "" {
		return p.Table + ": " + p.Finding
	}
	return p.Table + " " + p.Record + ": " + p.Finding
}

// engineTable is the Table of a Problem in the engine's files.
const engineTable = "engine"
