package policies

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
)

// keyPair is a new key that signs and the one that verifies.
func keyPair(t *testing.T) (private, public *Key) {
	t.Helper()
	made, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&made.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	text := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return &Key{text("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(made)), "RS256"}, &Key{text("PUBLIC KEY", der), "RS256"}
}

func bundleOf(t *testing.T, key *Key) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteBundle(&out, Shipped(), "2027.1", key); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A bundle judges as what it was made of, and says its version.
func TestBundle(t *testing.T) {
	t.Parallel()
	private, public := keyPair(t)
	data := bundleOf(t, private)
	if !bytes.Equal(data, bundleOf(t, private)) {
		t.Error("the same policies give two bundles")
	}
	files, err := ReadBundle(data, public)
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(t.Context(), files, FactsSchema())
	if err != nil {
		t.Fatal(err)
	}
	if shipped := mustLoad(t).Digest(); p.Digest() != shipped {
		t.Errorf("digest %s, want %s", p.Digest(), shipped)
	}
	review, err := p.Judge(t.Context(), factsWith("exit_plan", "risk"), "tender-vgv", []string{"EX-02"})
	if err != nil {
		t.Fatal(err)
	}
	if review.Policy.Version != "2027.1" || len(review.Findings) != 1 {
		t.Errorf("policy %+v, findings %+v", review.Policy, review.Findings)
	}
	for _, name := range []string{"lexicon/exchangeability.yaml", "catalogue/vendors.yaml", "profiles/tender-vgv/data.json"} {
		got, err := fs.ReadFile(files, name)
		want, wantErr := fs.ReadFile(Shipped(), name)
		if err != nil || wantErr != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, want %d, error %v", name, len(got), len(want), err)
		}
	}
	if _, err := fs.Stat(files, "lib/deal_test.rego"); err == nil {
		t.Error("tests are in the bundle")
	}
}

// changed packs a bundle again, with its files as a test changes them.
func changed(t *testing.T, data []byte, change func(map[string][]byte)) []byte {
	t.Helper()
	zipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string][]byte{}
	for packed := tar.NewReader(zipped); ; {
		header, err := packed.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if contents[header.Name], err = io.ReadAll(packed); err != nil {
			t.Fatal(err)
		}
	}
	change(contents)
	var out bytes.Buffer
	if err := pack(&out, contents); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBundleIsVerified(t *testing.T) {
	private, public := keyPair(t)
	_, other := keyPair(t)
	signed := bundleOf(t, private)
	add := func(name string) func(map[string][]byte) {
		return func(contents map[string][]byte) { contents[name] = append(contents[name], "\n# changed\n"...) }
	}
	for name, test := range map[string]struct {
		data []byte
		key  *Key
		want string
	}{
		"other key":       {signed, other, "verif"},
		"unsigned":        {bundleOf(t, nil), public, "signature"},
		"changed policy":  {changed(t, signed, add("lib/rate.rego")), public, "digest mismatch"},
		"changed lexicon": {changed(t, signed, add("lexicon/exchangeability.yaml")), public, "digest mismatch"},
		"more":            {changed(t, signed, add("lexicon/more.yaml")), public, "not included in bundle signature"},
		"less":            {changed(t, signed, func(contents map[string][]byte) { delete(contents, "lib/rate.rego") }), public, "not found"},
		"no bundle":       {[]byte("hello"), nil, "open bundle"},
		"cut":             {signed[:len(signed)/2], nil, "open bundle"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ReadBundle(test.data, test.key); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
	if _, err := ReadBundle(bundleOf(t, nil), nil); err != nil {
		t.Errorf("an unsigned bundle, where no key is asked for: error %v", err)
	}
}

func TestBundleRefuses(t *testing.T) {
	if err := WriteBundle(io.Discard, Shipped(), "1", &Key{"no key", "RS256"}); err == nil || !strings.Contains(err.Error(), "sign bundle") {
		t.Errorf("error %v", err)
	}
}
