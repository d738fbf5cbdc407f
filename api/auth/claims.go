package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"bivouac/geo"
)

// Finish takes the provider's answer: the parameters that it was sent with, and
// the cookie of Begin. It returns the live grant of whom the provider vouches
// for. Its errors are geo.Unauthorized, and geo.Unavailable where the provider
// cannot be reached.
func (p *Provider) Finish(ctx context.Context, redirect, cookie string, answer url.Values, grants []geo.Grant, now geo.Time) (*geo.Grant, error) {
	f, ok := p.flows.take(cookie, answer.Get("state"), now)
	if !ok {
		return nil, refused(nil, "this answer of the identity provider belongs to no sign-in that was begun in this browser in the last ten minutes; begin again")
	}
	if said := answer.Get("error"); said != "" {
		return nil, refused(errors.New(said), "the identity provider did not sign you in; begin again, or ask its administrator")
	}
	found, err := p.reach(ctx)
	if err != nil {
		return nil, err
	}
	token, err := p.exchange(ctx, found, redirect, answer.Get("code"), f.verifier)
	if err != nil {
		return nil, err
	}
	who, err := p.verify(ctx, found, token, f.nonce, now)
	if err != nil {
		return nil, err
	}
	return who.grant(grants, now)
}

func refused(cause error, text string) error {
	return &geo.Error{Code: geo.Unauthorized, Where: "oidc", Text: text, Cause: cause}
}

// exchange gives the code for the ID token.
func (p *Provider) exchange(ctx context.Context, found *oidc.Provider, redirect, code, verifier string) (string, error) {
	answer, err := p.client(found, redirect).Exchange(p.within(ctx), code, oauth2.VerifierOption(verifier))
	var said *oauth2.RetrieveError
	switch {
	case errors.As(err, &said) && said.Response.StatusCode < 500:
		return "", refused(err, "the identity provider did not take its own code back; begin again")
	case err != nil:
		return "", unreachable(err)
	}
	token, _ := answer.Extra("id_token").(string)
	if token == "" {
		return "", refused(nil, "the identity provider sent no ID token; have it let this server ask for the scope openid")
	}
	return token, nil
}

// claims are what an ID token says of somebody.
type claims struct {
	Subject  string `json:"sub"`
	Email    string `json:"email"`
	Verified truth  `json:"email_verified"`
	Party    string `json:"azp"` // the client that the token was made for
}

// truth is a bool that some providers write as text.
type truth bool

// UnmarshalJSON takes true, and "true".
func (t *truth) UnmarshalJSON(b []byte) error {
	*t = string(b) == "true" || string(b) == `"true"`
	return nil
}

func (p *Provider) verify(ctx context.Context, found *oidc.Provider, token, nonce string, now geo.Time) (c claims, err error) {
	config := &oidc.Config{ClientID: p.issuer.ClientID, Now: func() time.Time { return now.Std() }}
	verified, err := found.Verifier(config).Verify(p.within(ctx), token)
	if err != nil {
		return c, badToken(err)
	}
	if subtle.ConstantTimeCompare([]byte(verified.Nonce), []byte(nonce)) != 1 {
		return c, refused(nil, "the ID token was made for another sign-in; begin again")
	}
	if err := verified.Claims(&c); err != nil {
		return c, badToken(err)
	}
	if c.Party != "" && c.Party != p.issuer.ClientID || c.Party == "" && len(verified.Audience) > 1 {
		return c, refused(nil, "the ID token was made for another program, not for this server; begin again")
	}
	return c, nil
}

// badToken tells a token that is wrong from keys that could not be fetched,
// which the library says in words alone.
func badToken(err error) error {
	var expired *oidc.TokenExpiredError
	switch {
	case errors.As(err, &expired):
		return refused(err, "the ID token has expired; begin again, and look whether this server's clock is right")
	case strings.Contains(err.Error(), "fetching keys"):
		return unreachable(err)
	}
	return refused(err, "the ID token is not one that the identity provider made for this server; begin again")
}

// grant returns the live grant of the verified e-mail address or the subject.
func (c claims) grant(grants []geo.Grant, now geo.Time) (*geo.Grant, error) {
	unverified := false
	for i := range grants {
		g := &grants[i]
		byEmail := c.Email != "" && strings.EqualFold(g.Subject, c.Email)
		switch {
		case g.Subject == "" || !g.Live(now):
		case g.Subject == c.Subject, byEmail && bool(c.Verified):
			return g, nil
		case byEmail:
			unverified = true
		}
	}
	if unverified {
		return nil, refused(nil, "the identity provider has not verified your e-mail address; have it verified there, and sign in again")
	}
	return nil, refused(nil, "the identity provider knows you, but no grant here is yours, or it is over; ask an administrator of this server for one")
}
