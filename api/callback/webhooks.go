package callback

import (
	"maps"
	"net"
	"net/url"
	"regexp"
	"slices"

	"bivouac/geo"
)

// Webhooks are addresses by the names that an operator gave them. Others speak
// of a name: the address may hold a secret, and stays with the operator. The
// zero value has none.
type Webhooks struct {
	of    map[string]string
	hosts Hosts
}

var webhookName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// ParseWebhooks reads names and addresses, as --webhook takes them.
func ParseWebhooks(of map[string]string) (Webhooks, error) {
	const flag = "--webhook"
	w := Webhooks{of: of}
	for name, uri := range of {
		u, err := url.Parse(uri)
		switch {
		case !webhookName.MatchString(name):
			return w, geo.Errorf(geo.Invalid, flag, "must be NAME=URL, the name of small letters, digits and -, not %q", name)
		case err != nil || u.Hostname() == "":
			return w, geo.Errorf(geo.Invalid, flag, "%s needs an address, as in %s=https://desk.example/hook", name, name)
		}
		on, err := ParseHosts([]string{net.JoinHostPort(u.Hostname(), portOf(u))})
		if err != nil {
			return w, geo.Errorf(geo.Invalid, flag, "the address of %s cannot be used", name)
		}
		if err := on.Check(flag, uri); err != nil {
			return w, err
		}
		w.hosts = append(w.hosts, on...)
	}
	return w, nil
}

// Hosts are those that the addresses stand on.
func (w Webhooks) Hosts() Hosts { return w.hosts }

// Names returns the names in order.
func (w Webhooks) Names() []string { return slices.Sorted(maps.Keys(w.of)) }

// Address returns the address of the name; the error of one that there is not
// is about where.
func (w Webhooks) Address(where, name string) (string, error) {
	uri, ok := w.of[name]
	if !ok {
		return "", geo.Errorf(geo.Invalid, where, "there is no webhook %q; ask whoever runs the server to name its address with --webhook %s=URL", name, name)
	}
	return uri, nil
}
