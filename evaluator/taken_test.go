package evaluator

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// What is set up in somebody's service tells that the solution uses it, whatever else lies
// elsewhere.
func TestServicesTaken(t *testing.T) {
	for name, test := range map[string]struct {
		resources string
		want      []string
	}{
		"a tenant's log streams":            {`resource "auth0_log_stream" "a" {}`, []string{"auth0 identity auth0 < terraform: cloud Okta Inc."}},
		"accounts at another one":           {`resource "okta_group" "staff" {}`, []string{"okta identity okta < terraform: cloud Okta Inc."}},
		"monitors":                          {`resource "datadog_dashboard" "a" {}`, []string{"datadog other datadog < terraform: cloud Datadog"}},
		"projects for errors":               {`resource "sentry_project" "a" {}`, []string{"sentry-io monitoring sentry < terraform: service Functional Software Inc."}},
		"whom to wake":                      {`resource "pagerduty_escalation_policy" "a" {}`, []string{"pagerduty other pagerduty < terraform: service PagerDuty"}},
		"alerts":                            {`resource "newrelic_alert_policy" "a" {}`, []string{"new-relic monitoring new_relic < terraform: service New Relic"}},
		"several things in one":             {"resource \"auth0_action\" \"a\" {}\nresource \"auth0_role\" \"b\" {}", []string{"auth0 identity auth0 < terraform: cloud Okta Inc."}},
		"the thing itself and its parts":    {"resource \"auth0_tenant\" \"a\" {}\nresource \"auth0_role\" \"b\" {}", []string{"a identity auth0 < terraform: cloud Okta Inc."}},
		"a part of a bucket made elsewhere": {`resource "aws_s3_bucket_notification" "a" {}`, []string{"amazon-s3 storage aws_s3 < terraform: cloud Amazon Web Services"}},
		"a name at a service for names":     {`resource "aws_route53_record" "a" {}`, []string{"amazon-route-53 other aws_route53 < terraform: cloud Amazon Web Services"}},
		"parameters":                        {`resource "aws_ssm_parameter" "a" {}`, []string{"a other aws_parameter_store < terraform: cloud Amazon Web Services"}},
		"secrets at another provider":       {`resource "google_secret_manager_secret_version" "a" {}`, []string{"google-secret-manager other google_secret_manager < terraform: cloud Google Cloud"}},
		"a network of a cloud":              {`resource "aws_vpc" "a" {}`, []string{}},
		"machines":                          {`resource "aws_ecs_task_definition" "a" {}`, []string{}},
		"a product that anybody runs":       {`resource "keycloak_realm" "a" {}`, []string{}},
		"who develops":                      {`resource "github_team_membership" "a" {}`, []string{}},
		"a product that anybody buys":       {`resource "splunk_indexes" "a" {}`, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"main.tf": test.resources})
			got := []string{}
			for _, c := range facts.Components {
				got = append(got, fmt.Sprintf("%s: %s %s", line(c), c.Hosting, c.Provider))
			}
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A setting that is called a domain names a service, but for those under whose names a solution
// itself may answer.
func TestDomains(t *testing.T) {
	for name, test := range map[string]struct{ setting, want string }{
		"of a service for logs":       {`splunk_domain = "in.example.splunkcloud.com"`, "Splunk Cloud"},
		"of another one behind":       {`splunk_domain = "main.example.cribl.cloud"`, "Cribl"},
		"of a service for signing in": {`okta_domain = "city.okta.com"`, "Okta"},
		"of the solution itself":      {`domain = "portal.example.org"`, ""},
		"where it is hosted":          {`custom_domain = "portal.netlify.app"`, ""},
		"at a content network":        {`domain = "d1.cloudfront.net"`, ""},
		"what is no domain":           {`title = "in.example.splunkcloud.com"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, map[string]string{"main.tf": "resource \"auth0_log_stream\" \"a\" {\n  sink {\n    " + test.setting + "\n  }\n}\n"})
			got := ""
			for _, c := range facts.Components {
				if c.Term != "auth0" {
					got += c.Product
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A database of a provider may offer an interface of the provider's beside that of its engine.
func TestDataAPI(t *testing.T) {
	for enabled, want := range map[string][]string{
		"true":  {"> a database postgresql", "> a api RDS Data API"},
		"false": {"> a database postgresql"},
	} {
		facts := factsOf(t, map[string]string{"main.tf": "resource \"aws_rds_cluster\" \"a\" {\n  engine = \"aurora-postgresql\"\n  enable_http_endpoint = " + enabled + "\n}\n"})
		if diff := gocmp.Diff(want, written(facts.Interfaces, arrow)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", enabled, diff)
		}
	}
}
