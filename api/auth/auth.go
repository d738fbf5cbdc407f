// Package auth answers who asks: a named token, a session that began with
// one, or somebody that an identity provider vouches for.
package auth

import (
	_ "github.com/coreos/go-oidc/v3/oidc"
	_ "golang.org/x/oauth2"
)
