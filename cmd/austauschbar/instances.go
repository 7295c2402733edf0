package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/bot/blobs"
	"github.com/austauschbar/austauschbar/bot/server"
	"github.com/austauschbar/austauschbar/schema"
)

// settings are what an instance of a forge is configured with, by the names that
// follow AUSTAUSCHBAR_FORGE_ in the environment. "" for what is not set.
type settings func(name string) (string, error)

// A listening makes the listener of an instance; false where nothing is set.
type listening func(settings, blobs.Store) (server.Listener, bool, error)

// forges are those that the server can listen to.
var forges = map[string]listening{"gitea": giteaListener, "github": githubListener, "gitlab": gitlabListener}

// serverConfig reads a configuration file; "" for none.
func serverConfig(file string) (austauschbar.ServerConfig, error) {
	var config austauschbar.ServerConfig
	if file == "" {
		return config, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return config, usageError{fmt.Errorf("read --config: %w", err)}
	}
	if err := schema.Decode(schema.Server, data, &config); err != nil {
		return config, usageError{fmt.Errorf("read %s: %w", file, err)}
	}
	return config, nil
}

// listenersOf are the instances that the environment and a configuration name, which
// was read from a file.
func listenersOf(config austauschbar.ServerConfig, file string, store blobs.Store) ([]server.Listener, error) {
	listeners, err := instancesIn(config, file, store)
	if err != nil {
		return nil, err
	}
	for _, forge := range slices.Sorted(maps.Keys(forges)) {
		listener, ok, err := forges[forge](fromEnvironment(forge), store)
		if err != nil {
			return nil, usageError{fmt.Errorf("configure %s by AUSTAUSCHBAR_%s_…: %w", forge, strings.ToUpper(forge), err)}
		}
		if ok {
			listener.Forge = forge
			listeners = append(listeners, listener)
		}
	}
	if len(listeners) == 0 {
		return nil, usageError{errors.New("no forge is configured; set AUSTAUSCHBAR_GITHUB_WEBHOOK_SECRET and AUSTAUSCHBAR_GITHUB_TOKEN (or …_APP_ID and …_PRIVATE_KEY), likewise for GITLAB or GITEA, or name a file with --config")}
	}
	return listeners, nil
}

func fromEnvironment(forge string) settings {
	return func(name string) (string, error) {
		return environment("AUSTAUSCHBAR_" + strings.ToUpper(forge) + "_" + name)
	}
}

// environment reads a variable, or the file that NAME_FILE names; "" for neither.
func environment(name string) (string, error) {
	file := os.Getenv(name + "_FILE")
	if file == "" {
		return os.Getenv(name), nil
	}
	if os.Getenv(name) != "" {
		return "", fmt.Errorf("%s and %s_FILE are both set", name, name)
	}
	value, err := secretIn(file)
	if err != nil {
		return "", fmt.Errorf("read %s_FILE: %w", name, err)
	}
	return value, nil
}

// secretIn reads a file that holds a secret. A line end at its end is no part of it.
func secretIn(file string) (string, error) {
	data, err := os.ReadFile(file)
	return strings.TrimRight(string(data), "\r\n"), err
}

// instancesIn are the instances that a configuration names.
func instancesIn(config austauschbar.ServerConfig, file string, store blobs.Store) ([]server.Listener, error) {
	var listeners []server.Listener
	for _, instance := range config.Forges {
		listen, ok := forges[instance.Forge]
		if !ok {
			return nil, usageError{fmt.Errorf("read %s: instance %s: forge %q is unknown", file, instance.Name, instance.Forge)}
		}
		listener, ok, err := listen(fromFile(instance), store)
		if err == nil && !ok {
			err = errors.New("nothing is set")
		}
		if err != nil {
			return nil, usageError{fmt.Errorf("read %s: instance %s: %w", file, instance.Name, err)}
		}
		listener.Forge, listener.Instance = instance.Forge, instance.Name
		if slices.ContainsFunc(listeners, func(l server.Listener) bool { return l.Forge == listener.Forge && l.Instance == listener.Instance }) {
			return nil, usageError{fmt.Errorf("read %s: two instances of %s are called %s", file, instance.Forge, instance.Name)}
		}
		listeners = append(listeners, listener)
	}
	return listeners, nil
}

// fromFile are the settings of an instance in a configuration file.
func fromFile(instance austauschbar.ForgeConfig) settings {
	plain := map[string]string{"URL": instance.URL, "GRAPHQL_URL": instance.GraphQLURL, "PAUSE": instance.Pause}
	if instance.AppID > 0 {
		plain["APP_ID"] = strconv.FormatInt(instance.AppID, 10)
	}
	secret := map[string][2]string{
		"TOKEN":          {instance.TokenEnv, instance.TokenFile},
		"PRIVATE_KEY":    {instance.PrivateKeyEnv, instance.PrivateKeyFile},
		"WEBHOOK_SECRET": {instance.WebhookSecretEnv, instance.WebhookSecretFile},
	}
	return func(name string) (string, error) {
		if of := secret[name]; of != [2]string{} {
			return secretOf(strings.ToLower(name), of[0], of[1])
		}
		return plain[name], nil
	}
}

// secretOf reads what a variable or a file holds, by the name of the key that names
// these; "" where neither is named.
func secretOf(name, variable, file string) (string, error) {
	switch {
	case variable != "" && file != "":
		return "", fmt.Errorf("%s_env and %s_file are both set", name, name)
	case variable != "":
		value := os.Getenv(variable)
		if value == "" {
			return "", fmt.Errorf("%s_env: %s is not set", name, variable)
		}
		return value, nil
	case file != "":
		value, err := secretIn(file)
		if err != nil {
			return "", fmt.Errorf("%s_file: %w", name, err)
		}
		return value, nil
	}
	return "", nil
}

// settingsOf reads settings by name, those that are not set left out.
func settingsOf(read settings, names ...string) (map[string]string, error) {
	set := map[string]string{}
	for _, name := range names {
		value, err := read(name)
		if err != nil {
			return nil, err
		}
		if value != "" {
			set[name] = value
		}
	}
	return set, nil
}
