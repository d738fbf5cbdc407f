package main

import (
	"crypto/tls"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"bivouac/api/auth"
	"bivouac/api/proxy"
	"bivouac/geo"
)

// accessFlags say how others than this machine reach the server, and who
// vouches for them.
type accessFlags struct {
	TLSCert      string   `name:"tls-cert" help:"Certificate to serve HTTPS with, PEM, those that vouch for it behind it." type:"existingfile" placeholder:"FILE"`
	TLSKey       string   `name:"tls-key" help:"Its private key, PEM." type:"existingfile" placeholder:"FILE"`
	BehindProxy  bool     `name:"behind-proxy" help:"A proxy in front speaks HTTPS: believe its Forwarded, or X-Forwarded-For, -Proto and -Host. It must set them itself."`
	TrustedProxy []string `name:"trusted-proxy" help:"Addresses of the proxies that are believed; this machine alone unless told." placeholder:"PREFIX"`
	OIDCIssuer   string   `name:"oidc-issuer" help:"Address of an identity provider (OpenID Connect) by which people sign in, too." placeholder:"URL"`
	OIDCClientID string   `name:"oidc-client-id" help:"Id that the identity provider knows this server by. Its secret comes from BIVOUAC_OIDC_CLIENT_SECRET alone." placeholder:"ID"`
}

// oidcSecretEnv holds the client's secret: a flag would show in lists of
// processes.
const oidcSecretEnv = "BIVOUAC_OIDC_CLIENT_SECRET"

// tls returns how to serve HTTPS, nil for plain HTTP.
func (a accessFlags) tls(now time.Time) (*tls.Config, error) {
	if a.TLSCert == "" && a.TLSKey == "" {
		return nil, nil
	}
	if a.TLSCert == "" || a.TLSKey == "" {
		return nil, geo.Errorf(geo.Invalid, "--tls-cert", "goes with --tls-key; give both, or none")
	}
	pair, err := tls.LoadX509KeyPair(a.TLSCert, a.TLSKey)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "--tls-cert", "%s and %s are no certificate and its key: %v", a.TLSCert, a.TLSKey, err)
	}
	if end := pair.Leaf.NotAfter; now.After(end) {
		return nil, geo.Errorf(geo.Invalid, "--tls-cert", "the certificate in %s ended on %s; get a new one", a.TLSCert, end.UTC().Format(time.DateOnly))
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, nil
}

// proxies returns whose headers are believed, none without a proxy.
func (a accessFlags) proxies() (proxy.Trusted, error) {
	switch {
	case !a.BehindProxy && len(a.TrustedProxy) > 0:
		return nil, geo.Errorf(geo.Invalid, "--trusted-proxy", "goes with --behind-proxy; give both, or none")
	case !a.BehindProxy:
		return nil, nil
	case len(a.TrustedProxy) == 0:
		return proxy.Loopback, nil
	}
	return proxy.Parse(a.TrustedProxy)
}

// provider returns who vouches for people, nil for none. It is not asked yet.
func (a accessFlags) provider(secret string) (*auth.Provider, error) {
	switch {
	case a.OIDCIssuer == "" && a.OIDCClientID == "":
		return nil, nil
	case a.OIDCIssuer == "":
		return nil, geo.Errorf(geo.Invalid, "--oidc-client-id", "goes with --oidc-issuer; give both, or none")
	}
	return auth.NewProvider(auth.Issuer{URL: a.OIDCIssuer, ClientID: a.OIDCClientID, Secret: secret})
}

// isLoopback reports whether this machine alone can reach the address.
func isLoopback(addr string) (bool, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false, geo.Errorf(geo.Invalid, "--addr", "%q is not HOST:PORT, such as 127.0.0.1:8080", addr)
	}
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback(), nil
}

// checkReach refuses to serve others than this machine without tokens that tell
// who asks, and without HTTPS that keeps those secret on the way.
func (a accessFlags) checkReach(addr string, grants []geo.Grant, now geo.Time) error {
	if local, err := isLoopback(addr); err != nil || local {
		return err
	}
	if !slices.ContainsFunc(grants, func(g geo.Grant) bool { return g.Live(now) }) {
		return geo.Errorf(geo.Forbidden, "--addr", "%s can be reached by other machines, and the store holds no token that is valid, so nobody could be told apart; make one with bivouac token add, or use 127.0.0.1", addr)
	}
	if a.BehindProxy && len(a.TrustedProxy) == 0 {
		return geo.Errorf(geo.Forbidden, "--behind-proxy", "%s can be reached by other machines, and each could pass for the proxy; name its address with --trusted-proxy, such as 10.0.0.7", addr)
	}
	if a.TLSCert == "" && !a.BehindProxy {
		return geo.Errorf(geo.Forbidden, "--addr", "%s can be reached by other machines, and tokens would travel in the clear; give --tls-cert and --tls-key, or --behind-proxy where a proxy speaks HTTPS", addr)
	}
	return nil
}
