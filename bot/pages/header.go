package pages

import (
	"net/http"
	"net/netip"
	"slices"
)

// A Header is the gate where a reverse proxy signs people in and names them in a header.
// Whoever else reaches the server could write that header too, so it only counts where it
// comes from the proxy.
type Header struct {
	Name string
	From []netip.Prefix // addresses of the proxy
}

// Who believes the proxy. A header that comes twice is nobody.
func (h Header) Who(r *http.Request) (Person, bool) {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !slices.ContainsFunc(h.From, func(p netip.Prefix) bool { return p.Contains(from.Addr().Unmap()) }) {
		return Person{}, false
	}
	names := r.Header.Values(h.Name)
	if len(names) != 1 || names[0] == "" {
		return Person{}, false
	}
	return Person{Name: names[0]}, true
}

// Unknown refuses.
func (h Header) Unknown(w http.ResponseWriter, _ *http.Request) { Refuse(w) }
