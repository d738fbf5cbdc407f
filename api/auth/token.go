package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// A token is bvk_ID_SECRET: the ID is public, and the secret is 256 random
// bits in base32, which no double click cuts and no address has to escape.
const (
	prefix      = "bvk_"
	idBytes     = 5
	secretBytes = 32
)

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Mint makes a token, which is to be shown once, and what a grant keeps of it:
// its ID, and the hash of its secret.
func Mint() (token, id string, hash [32]byte) {
	id, secret := random(idBytes), random(secretBytes)
	return prefix + id + "_" + secret, id, sha256.Sum256([]byte(secret))
}

// random returns n random bytes as text. rand.Read never fails.
func random(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return letters.EncodeToString(b)
}

// split takes a token apart; false where it has not the form of one.
func split(token string) (id, secret string, ok bool) {
	rest, ok := strings.CutPrefix(token, prefix)
	if !ok {
		return "", "", false
	}
	id, secret, ok = strings.Cut(rest, "_")
	return id, secret, ok && len(id) == letters.EncodedLen(idBytes) && len(secret) == letters.EncodedLen(secretBytes)
}

// Public returns the part of a token that may be told, "" where it has not the
// form of one.
func Public(token string) string {
	if id, _, ok := split(token); ok {
		return prefix + id
	}
	return ""
}

// Mentions reports whether a text may hold a token, whole or cut.
func Mentions(text string) bool { return strings.Contains(strings.ToLower(text), prefix) }

// Mask puts dots in place of the tokens in a text.
func Mask(text string) string {
	if !Mentions(text) {
		return text
	}
	var b strings.Builder
	for {
		at := strings.Index(strings.ToLower(text), prefix)
		if at < 0 {
			return b.String() + text
		}
		b.WriteString(text[:at] + prefix + "...")
		text = strings.TrimLeftFunc(text[at+len(prefix):], inToken)
	}
}

func inToken(r rune) bool {
	return r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
