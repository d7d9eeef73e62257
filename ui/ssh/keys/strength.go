package keys

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/crypto/ssh"
)

// minRSABits is the smallest accepted number of bits in an RSA key (NIST SP 800-57). OpenSSH makes keys of 1,024 bits or more,
// and of 3,072 bits by default.
const minRSABits = 2048

// SignatureAlgorithms returns the algorithms with which clients may sign. They do not include SHA-1 and DSA.
func SignatureAlgorithms() []string { return ssh.SupportedAlgorithms().PublicKeyAuths }

// checkStrength returns an error if a key is too weak to be accepted.
func checkStrength(key ssh.PublicKey) error {
	signs := key.Type()
	if signs == ssh.KeyAlgoRSA {
		signs = ssh.KeyAlgoRSASHA256
	}
	if !slices.Contains(SignatureAlgorithms(), signs) {
		return fmt.Errorf("keys of type %s are not taken", key.Type())
	}
	if held, is := key.(ssh.CryptoPublicKey); is {
		if public, is := held.CryptoPublicKey().(*rsa.PublicKey); is && public.N.BitLen() < minRSABits {
			return fmt.Errorf("this RSA key has %d bits, and needs %d", public.N.BitLen(), minRSABits)
		}
	}
	return nil
}

// withoutSHA1 returns signer without its algorithms that use SHA-1. It returns an error if the key is too weak.
func withoutSHA1(signer ssh.Signer) (ssh.Signer, error) {
	if err := checkStrength(signer.PublicKey()); err != nil {
		return nil, err
	}
	if signer.PublicKey().Type() != ssh.KeyAlgoRSA {
		return signer, nil
	}
	several, is := signer.(ssh.AlgorithmSigner)
	if !is {
		return nil, errors.New("this RSA key signs with SHA-1 alone")
	}
	return ssh.NewSignerWithAlgorithms(several, []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256})
}
