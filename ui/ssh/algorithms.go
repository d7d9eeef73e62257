package ssh

import "golang.org/x/crypto/ssh"

// safeAlgorithms returns the default algorithms of package ssh except those with SHA-1. The defaults include SHA-1 for clients
// that OpenSSH has refused since 2017.
func safeAlgorithms() ssh.Config {
	return ssh.Config{
		KeyExchanges: []string{
			ssh.KeyExchangeMLKEM768X25519, ssh.KeyExchangeCurve25519,
			ssh.KeyExchangeECDHP256, ssh.KeyExchangeECDHP384, ssh.KeyExchangeECDHP521,
			ssh.KeyExchangeDH16SHA512, ssh.KeyExchangeDH14SHA256,
		},
		MACs: []string{ssh.HMACSHA256ETM, ssh.HMACSHA512ETM, ssh.HMACSHA256, ssh.HMACSHA512},
	}
}
