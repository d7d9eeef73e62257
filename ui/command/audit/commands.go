// Package audit has the commands that show, verify and export the audit log.
//
// Start at Commands, which lists them; each is in the file with its name.
package audit

// Commands are the commands about the audit log.
type Commands struct {
	List   ListCommand   `cmd:"" may:"auditor,operator" help:"Show what was done."`
	Verify VerifyCommand `cmd:"" may:"auditor,operator" help:"Check that nothing in the log was changed, removed, put in or cut off."`
	Export ExportCommand `cmd:"" may:"auditor,operator" help:"Write the log with all that it takes to verify it elsewhere."`
}
