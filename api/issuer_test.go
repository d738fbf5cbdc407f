package api_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// issuer is an identity provider that vouches for whomever the test wants.
type issuer struct {
	*httptest.Server
	t      *testing.T
	key    *rsa.PrivateKey
	sign   *rsa.PrivateKey       // what it signs with; that of its key set, unless a test forges
	alter  func(claims document) // what it states otherwise
	refuse bool                  // the code that it gave
	asked  map[string]url.Values // by code
}

const clientID, clientSecret = "bivouac", "s3cret"

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{t: t, key: key, sign: key, alter: func(document) {}, asked: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", i.discovery)
	mux.HandleFunc("/keys", i.keys)
	mux.HandleFunc("/authorize", i.authorize)
	mux.HandleFunc("/token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

func (i *issuer) answer(w http.ResponseWriter, d document) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(d); err != nil {
		i.t.Error(err)
	}
}

func (i *issuer) discovery(w http.ResponseWriter, _ *http.Request) {
	i.answer(w, document{
		"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

func (i *issuer) keys(w http.ResponseWriter, _ *http.Request) {
	i.answer(w, document{"keys": []document{{
		"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
		"n": part(i.key.N.Bytes()), "e": part(big.NewInt(int64(i.key.E)).Bytes()),
	}}})
}

func part(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// authorize takes everybody for whom the test wants, and sends them back.
func (i *issuer) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("response_type") != "code" || q.Get("client_id") != clientID || q.Get("code_challenge_method") != "S256" ||
		q.Get("code_challenge") == "" || q.Get("nonce") == "" || len(q.Get("state")) < 40 {
		i.t.Errorf("asked for %v", q)
	}
	code := part([]byte(q.Get("nonce")))[:12]
	i.asked[code] = q
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {i.URL}}.Encode(), http.StatusFound)
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	asked, ok := i.asked[r.FormValue("code")]
	id, secret, _ := r.BasicAuth()
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !ok || i.refuse || id != clientID || secret != clientSecret || part(challenge[:]) != asked.Get("code_challenge") || r.FormValue("redirect_uri") != asked.Get("redirect_uri") {
		w.WriteHeader(http.StatusBadRequest)
		i.answer(w, document{"error": "invalid_grant"})
		return
	}
	claims := document{
		"iss": i.URL, "aud": clientID, "sub": "user-17", "email": "Desk@Camp.example", "email_verified": true, "nonce": asked.Get("nonce"),
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	}
	i.alter(claims)
	i.answer(w, document{"access_token": "x", "token_type": "Bearer", "id_token": i.jwt(claims)})
}

// jwt signs claims by RS256 (RFC 7518, section 3.3).
func (i *issuer) jwt(claims document) string {
	text, err := json.Marshal(claims)
	if err != nil {
		i.t.Error(err)
	}
	signed := part([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + part(text)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, i.sign, crypto.SHA256, sum[:])
	if err != nil {
		i.t.Error(err)
	}
	return signed + "." + part(signature)
}
