package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/schema"
)

// findConfig looks for the configuration in the folder asked for and those
// above it, up to the repository's root, and returns it with the root. Without
// a configuration it is empty; without a repository, too, there is no root.
func findConfig(asked string) (config austauschbar.Config, root string, err error) {
	folder, err := filepath.Abs(asked)
	if err != nil {
		return config, "", fmt.Errorf("find %s: %w", bot.ConfigFile, err)
	}
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		folder = filepath.Dir(folder)
	}
	for {
		name := filepath.Join(folder, bot.ConfigFile)
		data, err := os.ReadFile(name)
		if err == nil {
			if err := schema.Decode(schema.Config, data, &config); err != nil {
				return config, "", fmt.Errorf("read %s: %w", name, err)
			}
			return config, folder, nil
		}
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return config, "", fmt.Errorf("read %s: %w", name, err)
		}
		if _, err := os.Stat(filepath.Join(folder, ".git")); err == nil {
			return config, folder, nil
		}
		if filepath.Dir(folder) == folder {
			return config, "", nil
		}
		folder = filepath.Dir(folder)
	}
}

// atRepository makes the policies of a path's repository count.
func (a *app) atRepository(asked string) error {
	_, root, err := findConfig(asked)
	a.useRepository(root)
	return err
}
