package lines

import _ "embed"

// Schema is the format as a JSON Schema (draft 2020-12), of one line. Whatever the parser takes
// is valid by it; not all that is valid is taken, because a schema knows no calendar and no
// other lines. A test writes it from the types of lines and what the parser says of examples:
// go test ./flows/transfer/lines -update.
//
//go:embed schema.json
var Schema []byte
