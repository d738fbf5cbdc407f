package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bivouac/geo"
)

func TestReach(t *testing.T) {
	const now = 1000 * geo.Second
	live := []geo.Grant{{ID: "a", Name: "desk"}}
	over := []geo.Grant{{ID: "a", Name: "desk", Expires: now}, {ID: "b", Name: "old", Revoked: 1}}
	for _, c := range []struct {
		desc, addr string
		flags      accessFlags
		grants     []geo.Grant
		refusal    string // part of the sentence, "" for none
	}{
		{desc: "loopback without tokens", addr: "127.0.0.1:8080"},
		{desc: "loopback by its name", addr: "LocalHost:8080"},
		{desc: "loopback of IPv6", addr: "[::1]:0"},
		{desc: "all addresses without tokens", addr: ":8080", refusal: "token add"},
		{desc: "all addresses of IPv4, HTTPS without tokens", addr: "0.0.0.0:8080", flags: accessFlags{TLSCert: "c"}, refusal: "token add"},
		{desc: "only tokens that are over", addr: "10.0.0.1:80", flags: accessFlags{TLSCert: "c"}, grants: over, refusal: "token add"},
		{desc: "tokens in the clear", addr: "10.0.0.1:80", grants: live, refusal: "--tls-cert"},
		{desc: "a name is taken for others'", addr: "camp.example:80", grants: live, refusal: "--tls-cert"},
		{desc: "HTTPS and tokens", addr: "10.0.0.1:443", flags: accessFlags{TLSCert: "c"}, grants: live},
		{desc: "a proxy of no address", addr: "[::]:8080", flags: accessFlags{BehindProxy: true}, grants: live, refusal: "--trusted-proxy"},
		{desc: "a proxy and tokens", addr: "[::]:8080", flags: accessFlags{BehindProxy: true, TrustedProxy: []string{"10.0.0.7"}}, grants: live},
		{desc: "no port", addr: "127.0.0.1", refusal: "HOST:PORT"},
	} {
		err := c.flags.checkReach(c.addr, c.grants, now)
		if (err == nil) != (c.refusal == "") || err != nil && !strings.Contains(err.Error(), c.refusal) {
			t.Errorf("%s: %v, want %q", c.desc, err, c.refusal)
		}
	}
}

func TestProxyFlags(t *testing.T) {
	for _, c := range []struct {
		desc    string
		flags   accessFlags
		trusted string
		refusal string
	}{
		{"none", accessFlags{}, "[]", ""},
		{"this machine unless told", accessFlags{BehindProxy: true}, "[127.0.0.0/8 ::1/128]", ""},
		{"an address and a prefix", accessFlags{BehindProxy: true, TrustedProxy: []string{"10.0.0.7", "fd00::/8"}}, "[10.0.0.7/32 fd00::/8]", ""},
		{"without a proxy", accessFlags{TrustedProxy: []string{"10.0.0.7"}}, "[]", "--behind-proxy"},
		{"a name", accessFlags{BehindProxy: true, TrustedProxy: []string{"proxy.example"}}, "[]", "10.0.0.0/24"},
	} {
		trusted, err := c.flags.proxies()
		if fmt.Sprint(trusted) != c.trusted || (err == nil) != (c.refusal == "") || err != nil && !strings.Contains(err.Error(), c.refusal) {
			t.Errorf("%s: %v, %v", c.desc, trusted, err)
		}
	}
}

func TestTLS(t *testing.T) {
	now := time.Now()
	cert, key := certificate(t, now.Add(time.Hour))
	oldCert, oldKey := certificate(t, now.Add(-time.Hour))
	for _, c := range []struct {
		desc    string
		flags   accessFlags
		refusal string
	}{
		{"plain", accessFlags{}, ""},
		{"a certificate and its key", accessFlags{TLSCert: cert, TLSKey: key}, ""},
		{"without its key", accessFlags{TLSCert: cert}, "--tls-key"},
		{"without a certificate", accessFlags{TLSKey: key}, "--tls-key"},
		{"the key of another", accessFlags{TLSCert: cert, TLSKey: oldKey}, "no certificate and its key"},
		{"over", accessFlags{TLSCert: oldCert, TLSKey: oldKey}, "ended on"},
	} {
		config, err := c.flags.tls(now)
		if (err == nil) != (c.refusal == "") || err != nil && !strings.Contains(err.Error(), c.refusal) {
			t.Errorf("%s: %v, want %q", c.desc, err, c.refusal)
		}
		if c.flags.TLSCert != "" && err == nil && (config == nil || config.MinVersion < tls.VersionTLS12) {
			t.Errorf("%s: %+v", c.desc, config)
		}
	}
}

// certificate writes one for this test, and its key, and returns their files.
func certificate(t *testing.T, end time.Time) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: end.Add(-48 * time.Hour), NotAfter: end, DNSNames: []string{"localhost"}}
	public, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, text []byte) string {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: text}), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	return write("cert.pem", "CERTIFICATE", public), write("key.pem", "PRIVATE KEY", secret)
}

func TestProviderFlags(t *testing.T) {
	for _, c := range []struct {
		desc    string
		flags   accessFlags
		refusal string
	}{
		{"none", accessFlags{}, ""},
		{"an issuer and a client", accessFlags{OIDCIssuer: "https://id.example", OIDCClientID: "bivouac"}, ""},
		{"without a client", accessFlags{OIDCIssuer: "https://id.example"}, "oidc-client-id"},
		{"without an issuer", accessFlags{OIDCClientID: "bivouac"}, "--oidc-issuer"},
		{"an issuer in the clear", accessFlags{OIDCIssuer: "http://id.example", OIDCClientID: "bivouac"}, "https"},
	} {
		_, err := c.flags.provider("secret")
		if (err == nil) != (c.refusal == "") || err != nil && !strings.Contains(err.Error(), c.refusal) {
			t.Errorf("%s: %v, want %q", c.desc, err, c.refusal)
		}
	}
}
