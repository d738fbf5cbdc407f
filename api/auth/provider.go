package auth

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"bivouac/geo"
)

// Issuer says which identity provider vouches for people, and as which of its
// clients.
type Issuer struct {
	URL      string // as its discovery document states it
	ClientID string
	Secret   string       // "" for a client without one
	HTTP     *http.Client // nil gives one that waits ten seconds
}

// Provider speaks OpenID Connect with an issuer: the authorization code flow
// with PKCE. It looks the issuer up when somebody signs in, so that a server
// starts without a link.
type Provider struct {
	issuer Issuer
	flows  flows
	found  atomic.Pointer[oidc.Provider] // nil until the issuer was reached
}

// NewProvider returns a Provider. An issuer that could be read over on its way
// is an error.
func NewProvider(i Issuer) (*Provider, error) {
	u, err := url.Parse(i.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return nil, geo.Errorf(geo.Invalid, "--oidc-issuer", "must be an https address such as https://id.example.org, not %q", i.URL)
	}
	if i.ClientID == "" {
		return nil, geo.Errorf(geo.Invalid, "--oidc-client-id", "is missing; give the id that the provider knows this server by")
	}
	if i.HTTP == nil {
		i.HTTP = &http.Client{Timeout: 10 * time.Second}
	}
	return &Provider{issuer: i}, nil
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

// reach returns the issuer as it describes itself. A failure is not kept: the
// next one who signs in tries again.
func (p *Provider) reach(ctx context.Context) (*oidc.Provider, error) {
	if found := p.found.Load(); found != nil {
		return found, nil
	}
	found, err := oidc.NewProvider(p.within(ctx), p.issuer.URL)
	if err != nil {
		return nil, unreachable(err)
	}
	p.found.Store(found)
	return found, nil
}

// within has the libraries use the issuer's client.
func (p *Provider) within(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.issuer.HTTP)
}

func unreachable(cause error) error {
	return &geo.Error{
		Code: geo.Unavailable, Where: "oidc", Cause: cause,
		Text: "the identity provider cannot be reached, or does not answer as one; sign in with a token, or try again later",
	}
}

func (p *Provider) client(found *oidc.Provider, redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.issuer.ClientID, ClientSecret: p.issuer.Secret, Endpoint: found.Endpoint(),
		RedirectURL: redirect, Scopes: []string{oidc.ScopeOpenID, "email"},
	}
}

// Begin returns the address to send somebody to, and a cookie that is to come
// back with the answer. redirect is where the provider sends the answer.
func (p *Provider) Begin(ctx context.Context, redirect string, now geo.Time) (address, cookie string, err error) {
	found, err := p.reach(ctx)
	if err != nil {
		return "", "", err
	}
	f := flow{state: random(secretBytes), nonce: random(secretBytes), verifier: oauth2.GenerateVerifier(), until: now + FlowTime}
	address = p.client(found, redirect).AuthCodeURL(f.state, oidc.Nonce(f.nonce), oauth2.S256ChallengeOption(f.verifier))
	return address, p.flows.add(f, now), nil
}
