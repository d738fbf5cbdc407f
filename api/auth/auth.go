// Package auth answers who asks: a named token, a session that began with
// one, or somebody that an identity provider vouches for.
package auth
