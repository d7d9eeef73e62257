package lines

import _ "embed"

// LineSchema is the JSON Schema (draft 2020-12) of one line. It accepts every line that the parser accepts. It also accepts some
// lines that the parser rejects, because a schema cannot check calendar dates or compare lines. The test TestSchema generates
// it: go test ./flows/transfer/lines -update.
//
//go:embed schema.json
var LineSchema []byte
