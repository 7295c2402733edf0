package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/austauschbar/austauschbar/policies"
)

func (a *app) policyBundle() *cobra.Command {
	var output, revision, signingKey, algorithm string
	command := &cobra.Command{
		Use:   "bundle --output FILE [DIR]",
		Short: "Pack policies as a bundle of OPA, versioned and signed",
		Long: `Packs a whole set of policies with lexicon and catalogue into FILE (.tar.gz), a bundle
that OPA loads too; tests are left out. 'austauschbar --policies FILE' judges with it in
the place of the built-in policies, and every review names its version and digest.

The same policies and version give the same bytes; signed ones too with RS256, the
default, or HS256. OPA makes and checks the same signatures: 'opa sign', 'opa run --verification-key'.`,
		Example: `  openssl genrsa -out key.pem 3072 && openssl rsa -in key.pem -pubout -out key.pub
  austauschbar policy bundle --output policies.tar.gz --revision 2027.1 --signing-key key.pem
  austauschbar --policies policies.tar.gz --verification-key key.pub review tender/`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			if output == "" {
				return usageError{errors.New("policy bundle: --output is needed")}
			}
			work, err := a.workpiece(args)
			if err != nil {
				return err
			}
			key, err := keyIn(signingKey, algorithm)
			if err != nil {
				return err
			}
			var packed bytes.Buffer
			if err := policies.WriteBundle(&packed, work.files, revision, key); err != nil {
				return err
			}
			files, err := policies.ReadBundle(packed.Bytes(), nil)
			if err != nil {
				return err
			}
			rules, err := rulesOf(command.Context(), files)
			if err != nil {
				return err // what does not load is not written
			}
			err = writeFile(output, func(out io.Writer) error {
				_, err := out.Write(packed.Bytes())
				return err
			})
			if err != nil {
				return fmt.Errorf("write bundle: %w", err)
			}
			_, err = fmt.Fprintf(a.stdout, "%s: %s\n", output, rules.judge.Digest())
			return err
		},
	}
	set := command.Flags()
	set.StringVarP(&output, "output", "o", "", "`FILE` to write")
	set.StringVar(&revision, "revision", "", "the bundle's `VERSION`, which reviews name")
	set.StringVar(&signingKey, "signing-key", "", "`FILE` with the private key (PEM) to sign with; unsigned without")
	set.StringVar(&algorithm, "signing-alg", "RS256", "`ALGORITHM` of the signature: RS256, ES256, HS256 …")
	return command
}

// keyIn reads a key; nil where no file is named.
func keyIn(file, algorithm string) (*policies.Key, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	return &policies.Key{Text: string(text), Algorithm: algorithm}, nil
}

// bundled are the files of a bundle, which is a whole set of policies.
type bundled struct{ fs.FS }

// openBundle takes the policies out of the bundle that --policies names.
func (a *app) openBundle() error {
	key, err := keyIn(a.verificationKey, a.verificationAlg)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(a.policyDir)
	if err != nil {
		return fmt.Errorf("read bundle: %w", err)
	}
	files, err := policies.ReadBundle(data, key)
	if err != nil {
		return fmt.Errorf("%s: %w", a.policyDir, err)
	}
	a.overlay = bundled{files}
	return nil
}
