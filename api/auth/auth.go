// Package auth answers who asks: a named token, a session that began with
// one, or somebody that an identity provider vouches for.
//
// A [Gate] holds what outlives a request: sessions, and who failed how often.
// It is told the grants, the address of the asker and the moment, and knows
// neither store nor clock. A [Provider] speaks OpenID Connect.
package auth
