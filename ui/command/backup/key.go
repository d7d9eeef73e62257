package backup

// KeyCommands are the commands about the keys in the key file.
type KeyCommands struct {
	List   KeyListCommand   `cmd:"" may:"auditor,operator" help:"Show the keys that records are sealed under."`
	Rotate KeyRotateCommand `cmd:"" may:"operator" help:"Make a new key, and seal everything under it."`
}
