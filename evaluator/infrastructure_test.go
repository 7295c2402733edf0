package evaluator

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// Infrastructure, packages and bills of materials are told by names, by shape or by what
// lies beside them.
func TestInfrastructureFormats(t *testing.T) {
	for name, test := range map[string]struct {
		documents map[string]string
		want      string
	}{
		"a module of Terraform": {map[string]string{"infra/main.tf": `resource "a_b" "c" {}`, "infra/x.tfvars": `a = 1`, "infra/more.tf.json": "{}"},
			"infra/main.tf terraform architecture, infra/more.tf.json terraform architecture, infra/x.tfvars terraform architecture"},
		"OpenTofu":                   {map[string]string{"a.tofu": `resource "a_b" "c" {}`}, "a.tofu terraform architecture"},
		"a module that is damaged":   {map[string]string{"a.tf": "resource {{{"}, "a.tf terraform architecture, a.tf damaged"},
		"a plan":                     {map[string]string{"plan.json": `{"format_version": "1.2", "planned_values": {}}`}, "plan.json terraform architecture"},
		"a state":                    {map[string]string{"s.json": `{"format_version": "1.0", "terraform_version": "1.9", "values": {}}`}, "s.json terraform architecture"},
		"CycloneDX":                  {map[string]string{"bom.json": `{"bomFormat": "CycloneDX", "specVersion": "1.5"}`}, "bom.json cyclonedx architecture"},
		"CycloneDX in XML":           {map[string]string{"bom.xml": `<bom xmlns="http://cyclonedx.org/schema/bom/1.4"/>`}, "bom.xml cyclonedx architecture"},
		"SPDX":                       {map[string]string{"a.json": `{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT"}`}, "a.json spdx architecture"},
		"SPDX in YAML":               {map[string]string{"a.yaml": "SPDXID: SPDXRef-DOCUMENT\nspdxVersion: SPDX-2.3\n"}, "a.yaml spdx architecture"},
		"SPDX in RDF":                {map[string]string{"a.rdf": "<x/>", "b.xml": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>`}, "a.rdf unknown_content, b.xml unknown_content"},
		"publiccode":                 {map[string]string{"publiccode_x.yml": "publiccodeYmlVersion: 0.4\nname: a\n"}, "publiccode_x.yml publiccode architecture"},
		"publiccode of a repository": {map[string]string{"publiccode.yml": "publiccodeYmlVersion: 0.4\nname: a\n"}, "publiccode.yml publiccode architecture"},
		"packages":                   {map[string]string{"go.mod": "module x\n", "web/package.json": "{}"}, "go.mod packages architecture, web/package.json packages architecture"},
		"packages of Python":         {map[string]string{"requirements-prod.txt": "django==5\n"}, "requirements-prod.txt packages architecture"},
		"requirements of people":     {map[string]string{"requirements.txt": "Das System muss offen sein.\n"}, "requirements.txt text specification"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := factsOf(t, test.documents)
			var got []string
			for _, document := range facts.Documents {
				got = append(got, document.Path+" "+document.Format+" "+document.Role)
			}
			for _, gap := range facts.Gaps {
				got = append(got, gap.Path+" "+gap.Reason)
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %s, want %s", strings.Join(got, ", "), test.want)
			}
		})
	}
}

// Modules of a registry that everybody knows are told by their address, wherever they are
// taken from; what others create stays open.
func TestModules(t *testing.T) {
	for source, want := range map[string]string{
		"terraform-aws-modules/lambda/aws":                                       "AWS Lambda",
		"registry.terraform.io/terraform-aws-modules/lambda/aws//modules/alias":  "AWS Lambda",
		"git::https://github.com/terraform-aws-modules/terraform-aws-lambda?ref": "AWS Lambda",
		"github.com/GSA-TTS/terraform-cloudgov//s3?ref=v1.0.0":                   "Amazon S3",
		"github.com/18F/terraform-cloudgov.git//redis":                           "Amazon ElastiCache",
		"github.com/GSA-TTS/terraform-cloudgov//cg_space":                        "",
		"./modules/lambda/aws":                                                   "",
		"terraform-aws-modules/vpc/aws":                                          "",
		"git::https://github.com/x/modules.git//lambda":                          "",
		"aws_lambda_function":                                                    "",
	} {
		facts := factsOf(t, map[string]string{"main.tf": "module \"app\" {\n  source = \"" + source + "\"\n}\n"})
		product, service := "", facts.Resources[0].Service
		for _, component := range facts.Components {
			product += component.Product
		}
		if product != want || service != want {
			t.Errorf("%s: a component %q of a service %q, want %q", source, product, service, want)
		}
	}
}

// An instance of a service of Cloud Foundry is the service that it is called after.
func TestBrokeredServices(t *testing.T) {
	for name, want := range map[string]string{"ses": "Amazon SES", "sns": "Amazon SNS", "mailbox": "", "ec": ""} {
		facts := factsOf(t, map[string]string{"main.tf": "resource \"cloudfoundry_service_instance\" \"" + name + "\" {\n  service_plan = \"x\"\n}\n"})
		if got := facts.Resources[0].Service; got != want {
			t.Errorf("%s: service %q, want %q", name, got, want)
		}
	}
}

// A module that offers an engine is the service that the module is made for.
func TestModuleWithEngine(t *testing.T) {
	facts := factsOf(t, map[string]string{"main.tf": "module \"db\" {\n  source = \"terraform-aws-modules/rds/aws\"\n  engine = \"postgres\"\n}\n"})
	got := written(facts.Components, line)
	if diff := gocmp.Diff([]string{"db database aws_rds < terraform"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A module of one's own that is called as a resource of its cloud makes that one.
func TestModuleCalledAsResource(t *testing.T) {
	for folder, want := range map[string]string{"ecs-cluster": "Amazon ECS", "aws_network": "", "cluster": ""} {
		facts := factsOf(t, map[string]string{"main.tf": "provider \"aws\" {}\nmodule \"here\" {\n  source = \"../../core//modules/" + folder + "\"\n}\n"})
		got := ""
		for _, component := range facts.Components {
			got += component.Product
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", folder, got, want)
		}
	}
}

// A zone of names is reached by the protocol for names, a store of secrets is not.
func TestZonesOfNames(t *testing.T) {
	facts := factsOf(t, map[string]string{"main.tf": "resource \"aws_service_discovery_private_dns_namespace\" \"names\" {}\nresource \"aws_secretsmanager_secret\" \"secret\" {}\n"})
	if diff := gocmp.Diff([]string{"> names api dns"}, written(facts.Interfaces, arrow)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A module of one's own that is called after a cloud's service for functions and gets
// settings as functions do is such a one.
func TestFunctionModule(t *testing.T) {
	for folder, want := range map[string]string{
		"lambda_shutdown": "AWS Lambda", "lambda": "AWS Lambda", "shutdown": "", "ecs": "",
	} {
		facts := factsOf(t, map[string]string{"main.tf": "provider \"aws\" {}\nmodule \"job\" {\n  source = \"../../core//modules/" + folder + "\"\n  environment_variables = { queue = \"a\" }\n}\n"})
		if len(facts.Components) != 1 || facts.Components[0].Product != want {
			t.Errorf("%s: got %+v, want one of %q", folder, facts.Components, want)
		}
	}
}
