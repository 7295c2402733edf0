package policies

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/util"
)

// A Key signs bundles or verifies them.
type Key struct {
	Text      string // PEM; of the HS algorithms the secret
	Algorithm string // "RS256", "ES256", "HS256", …
}

// keyID is the name that signatures give their key: there is one.
const keyID = "policies"

// The files of a bundle that say what it is.
const (
	manifestFile   = ".manifest"
	signaturesFile = ".signatures.json"
)

// BundleLimit bounds a bundle and each file in it, in bytes.
const BundleLimit = 32 << 20

// WriteBundle writes policies, tests left out, with their data as a bundle that OPA
// loads too; with a key, a signed one. The same files and version give the same bytes,
// signed ones too where the algorithm is RS or HS, which need no chance.
func WriteBundle(out io.Writer, files fs.FS, version string, key *Key) error {
	contents, err := bundleFiles(files)
	if err == nil {
		contents[manifestFile], err = manifestOf(contents, version)
	}
	if err != nil {
		return fmt.Errorf("make bundle: %w", err)
	}
	if key != nil {
		if contents[signaturesFile], err = sign(contents, *key); err != nil {
			return fmt.Errorf("sign bundle: %w", err)
		}
	}
	if err := pack(out, contents); err != nil {
		return fmt.Errorf("write bundle: %w", err)
	}
	return nil
}

// bundleFiles are the files that judge and the data that they and the reading need.
func bundleFiles(files fs.FS) (map[string][]byte, error) {
	contents := map[string][]byte{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		belongs := path.Dir(name) != "." && slices.Contains([]string{".rego", ".json", ".yaml"}, path.Ext(name)) && !strings.HasSuffix(name, "_test.rego")
		if err != nil || entry.IsDir() || !belongs {
			return err
		}
		contents[name], err = fs.ReadFile(files, name)
		return err
	})
	return contents, err
}

// manifestOf says what a bundle holds: policies, and data by its folders.
func manifestOf(contents map[string][]byte, version string) ([]byte, error) {
	roots := []string{"policies"}
	for name := range contents {
		root, _, _ := strings.Cut(name, "/")
		if base := path.Base(name); (base == "data.json" || base == "data.yaml") && !slices.Contains(roots, root) {
			roots = append(roots, root)
		}
	}
	slices.Sort(roots)
	one := 1 // the version of the language
	manifest, err := json.MarshalIndent(bundle.Manifest{Revision: version, Roots: &roots, RegoVersion: &one}, "", "  ")
	return append(manifest, '\n'), err
}

// sign makes the file of signatures.
func sign(contents map[string][]byte, key Key) ([]byte, error) {
	hash, err := bundle.NewSignatureHasher(bundle.SHA256)
	if err != nil {
		return nil, err
	}
	var infos []bundle.FileInfo
	for _, name := range util.KeysSorted(contents) {
		var value any = contents[name]
		if bundle.IsStructuredDoc(name) {
			if err := util.Unmarshal(contents[name], &value); err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
		}
		sum, err := hash.HashFile(value)
		if err != nil {
			return nil, err
		}
		infos = append(infos, bundle.NewFile(name, hex.EncodeToString(sum), string(bundle.SHA256)))
	}
	token, err := bundle.GenerateSignedToken(infos, bundle.NewSigningConfig(key.Text, key.Algorithm, ""), keyID)
	if err != nil {
		return nil, err
	}
	signatures, err := json.Marshal(bundle.SignaturesConfig{Signatures: []string{token}})
	return append(signatures, '\n'), err
}

// pack writes a tar file in which nothing but names and contents differs.
func pack(out io.Writer, contents map[string][]byte) error {
	zipped := gzip.NewWriter(out)
	packed := tar.NewWriter(zipped)
	for _, name := range util.KeysSorted(contents) {
		header := &tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(contents[name])), Format: tar.FormatUSTAR}
		if err := packed.WriteHeader(header); err != nil {
			return err
		}
		if _, err := packed.Write(contents[name]); err != nil {
			return err
		}
	}
	return errors.Join(packed.Close(), zipped.Close())
}

// ReadBundle opens a bundle: all policies in it and their data. With a key it must
// bear a signature by it over every file; without one none is asked for.
func ReadBundle(data []byte, key *Key) (fs.FS, error) {
	reader := bundle.NewCustomReader(bundle.NewTarballLoaderWithBaseURL(bytes.NewReader(data), "")).WithSizeLimitBytes(BundleLimit)
	if key == nil {
		reader = reader.WithSkipBundleVerification(true)
	} else {
		keys := map[string]*bundle.KeyConfig{keyID: {Key: key.Text, Algorithm: key.Algorithm}}
		reader = reader.WithBundleVerificationConfig(bundle.NewVerificationConfig(keys, keyID, "", nil))
	}
	if _, err := reader.Read(); err != nil {
		return nil, fmt.Errorf("open bundle: %w", err)
	}
	files, err := unpack(data)
	if err != nil {
		return nil, fmt.Errorf("open bundle: %w", err)
	}
	return files, nil
}

// unpack makes files of a bundle that OPA has read, those too that it does not keep.
func unpack(data []byte) (fs.FS, error) {
	zipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	// The standard library's file system in memory.
	var memory bytes.Buffer
	files, size := zip.NewWriter(&memory), int64(0)
	for packed := tar.NewReader(zipped); ; {
		header, err := packed.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		name := strings.TrimPrefix(path.Clean("/"+header.Name), "/")
		if header.Typeflag != tar.TypeReg || name == signaturesFile {
			continue
		}
		if size += header.Size; size > BundleLimit {
			return nil, fmt.Errorf("is larger than %d MiB", BundleLimit>>20)
		}
		file, err := files.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = io.CopyN(file, packed, header.Size)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := files.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(memory.Bytes()), int64(memory.Len()))
}

// versionOf is what a bundle's manifest calls it; "" for policies that are no bundle.
func versionOf(files fs.FS) (string, error) {
	data, err := fs.ReadFile(files, manifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	var manifest bundle.Manifest
	if err == nil {
		err = json.Unmarshal(data, &manifest)
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", manifestFile, err)
	}
	return manifest.Revision, nil
}
