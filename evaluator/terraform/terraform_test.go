package terraform

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/austauschbar/austauschbar"
	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

// drawn reads files as one module and draws it; gaps stand below.
func drawn(t *testing.T, files map[string]string, anchor string) string {
	t.Helper()
	data := map[string][]byte{}
	for at, text := range files {
		data[at] = []byte(text)
	}
	texts, err := Read(context.Background(), data, anchor)
	if err != nil {
		t.Fatal(err)
	}
	found := *texts[anchor].Architecture
	readertest.Consistent(t, found, func(at string) []byte { return []byte(files[at]) })
	lines := readertest.Drawn(&found)
	for at := range data {
		for _, gap := range texts[at].Gaps {
			lines = append(lines, "gap "+at+" "+gap.Reason+" "+gap.Detail)
		}
	}
	return strings.Join(lines, "\n")
}

// A real folder, drawn by hand. What its variables and the locals elsewhere hold is not
// told, and so neither are images.
func TestRedbox(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"ecs", "load_balancer", "provider", "rds", "s3", "variables"} {
		files["aws/"+name+".tf"] = string(readertest.Corpus(t, "terraform_redbox_aws_"+name+".tf"))
	}
	want := strings.ReplaceAll(`application "django-app" custom region=eu-west-2 @60
application "worker" custom region=eu-west-2 @99
application "lit-ssr" custom region=eu-west-2 @130
database "rds" [postgres 16.4] region=eu-west-2 @1
resource "aws_route53_record.type_a_record" type=aws_route53_record name="type_a_record" provider=aws region=eu-west-2 @8
resource "aws_service_discovery_private_dns_namespace.private_dns_namespace" type=aws_service_discovery_private_dns_namespace name="private_dns_namespace" provider=aws region=eu-west-2 @20
resource "aws_service_discovery_service.lit_ssr_service_discovery_service" type=aws_service_discovery_service name="lit_ssr_service_discovery_service" provider=aws region=eu-west-2 @27
resource "aws_secretsmanager_secret.django-app-secret" type=aws_secretsmanager_secret name="django-app-secret" provider=aws region=eu-west-2 @46
resource "aws_secretsmanager_secret_version.django-app-json-secret" type=aws_secretsmanager_secret_version name="django-app-json-secret" provider=aws region=eu-west-2 @54
resource "aws_security_group_rule.ecs_ingress_django_to_lit_ssr" type=aws_security_group_rule name="ecs_ingress_django_to_lit_ssr" provider=aws region=eu-west-2 @166
resource "aws_s3_bucket.user_data" type=aws_s3_bucket name="user_data" provider=aws region=eu-west-2 @1
resource "module.cluster" type=module name="MODULES/ecs-cluster?ref=v1.0.0-ecs-cluster" provider=aws region=eu-west-2 @1
resource "module.django-app" type=module name="MODULES/ecs?ref=v5.0.1-ecs" provider=aws region=eu-west-2 of "django-app" @60
resource "module.worker" type=module name="MODULES/ecs?ref=v5.0.1-ecs" provider=aws region=eu-west-2 of "worker" @99
resource "module.lit-ssr" type=module name="MODULES/ecs?ref=v5.0.1-ecs" provider=aws region=eu-west-2 of "lit-ssr" @130
resource "module.load_balancer" type=module name="MODULES/load_balancer?ref=v1.0.0-load_balancer" provider=aws region=eu-west-2 @1
resource "module.waf" type=module name="MODULES/waf?ref=v1.0.0-waf" provider=aws region=eu-west-2 @16
resource "module.rds" type=module name="MODULES/rds?ref=v1.1.0-rds" provider=aws region=eu-west-2 of "rds" @1
"aws_route53_record.type_a_record" -> "module.load_balancer" dependency @14
"aws_service_discovery_service.lit_ssr_service_discovery_service" -> "aws_service_discovery_private_dns_namespace.private_dns_namespace" dependency @31
"aws_secretsmanager_secret_version.django-app-json-secret" -> "aws_secretsmanager_secret.django-app-secret" dependency @55
"django-app" -> "lit-ssr" dependency @172
"django-app" -> "module.cluster" dependency @71
"module.load_balancer" -> "django-app" dependency @86
"django-app" -> "module.load_balancer" dependency @87
"worker" -> "module.cluster" dependency @111
"module.load_balancer" -> "worker" dependency @118
"worker" -> "module.load_balancer" dependency @119
"lit-ssr" -> "aws_service_discovery_service.lit_ssr_service_discovery_service" dependency @134
"lit-ssr" -> "module.cluster" dependency @142
"module.load_balancer" -> "lit-ssr" dependency @149
"lit-ssr" -> "module.load_balancer" dependency @150
"module.load_balancer" -> "module.waf" dependency @11
"worker" -> "rds" dependency @19`, "MODULES", "git::https://github.com/i-dot-ai/i-dot-ai-core-terraform-modules.git//modules/infrastructure")
	got := drawn(t, files, "aws/ecs.tf")
	graph, settings, _ := strings.Cut(got, "\nsetting of ")
	if graph != want {
		t.Errorf("got\n%s\nwant\n%s", graph, want)
	}
	for _, setting := range []string{`"rds" engine="postgres" @5`, `"rds" engine_version="16.4" @7`, `"django-app" health_check.path="/health/" @79`} {
		if !strings.Contains(settings, "\nsetting of "+setting+"\n") {
			t.Errorf("no setting %q", setting)
		}
	}
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		files  map[string]string
		anchor string
		want   string
	}{
		"variables, locals and files of values": {map[string]string{
			"main.tf": `provider "aws" { region = var.region }
provider "aws" {
  alias  = "west"
  region = "eu-west-1"
}
resource "aws_db_instance" "main" {
  engine = local.engine
  identifier = "${var.name}-${local.parts[0]}"
  provider = aws.west
}
resource "aws_s3_bucket" "files" { bucket = var.other.bucket }
locals {
  engine = var.env == "prod" ? "postgres" : "mysql"
  parts = ["db"]
}`,
			"variables.tf":         "variable \"region\" { default = \"us-east-1\" }\nvariable \"env\" { default = \"dev\" }\nvariable \"name\" {}\nvariable \"other\" { default = { bucket = \"b\" } }\n",
			"terraform.tfvars":     "env = \"prod\"\nname = \"app\"\n",
			"eu.auto.tfvars.json":  `{"region": "eu-central-1"}`,
			"prod.tfvars":          `name = "prod"`,
			"more/no_part.tf":      "",
			"terraform.tfvars.txt": "",
		}, "main.tf", `
resource "aws_db_instance.main" type=aws_db_instance name="main" provider=aws region=eu-west-1 @6
resource "aws_s3_bucket.files" type=aws_s3_bucket name="files" provider=aws region=eu-central-1 @11
setting of "aws_db_instance.main" engine="postgres" @13
setting of "aws_db_instance.main" identifier="app-db" @8
setting of "aws_s3_bucket.files" bucket="b" @4
setting of "" region="eu-central-1" @1
setting of "" env="prod" @2
setting of "" name="app" @3`},
		"containers of a task": {map[string]string{"ecs.tf": `resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([
    {
      name  = "web"
      image = "ghcr.io/x/web:1"
      environment = [
        { name = "DATABASE_HOST", value = aws_db_instance.main.address },
        { name = "MODEL", value = "gpt-4o" },
      ]
    },
    { name = "proxy", image = "nginx:1.27" },
  ])
}
resource "aws_db_instance" "main" {
  password = "hunter2"
}`}, "ecs.tf", `
application "web" image=ghcr.io/x/web:1 @6,1
application "proxy" image=nginx:1.27 @12,1
resource "aws_ecs_task_definition.app" type=aws_ecs_task_definition name="app" provider=aws @1
resource "aws_db_instance.main" type=aws_db_instance name="main" provider=aws @15
"web" -> "aws_db_instance.main" dependency @8
setting of "web" MODEL="gpt-4o" @9
setting of "aws_ecs_task_definition.app" family="app" @2
setting of "aws_db_instance.main" password="hunter2" @16`},
		"containers in a text": {map[string]string{"ecs.tf": `resource "aws_ecs_task_definition" "app" {
  container_definitions = <<EOT
[{"name": "web", "image": "web:1"}]
EOT
}`}, "ecs.tf", `
application "web" image=web:1 @3,1
resource "aws_ecs_task_definition.app" type=aws_ecs_task_definition name="app" provider=aws of "web" @1`},
		"a deployment, a function, a machine": {map[string]string{"k.tf": `resource "kubernetes_deployment" "x" {
  spec {
    template {
      spec {
        container {
          name  = "api"
          image = "api:2"
          env {
            name  = "URL"
            value = "amqp://queue"
          }
        }
      }
    }
  }
}
resource "aws_lambda_function" "f" {
  image_uri = "x.dkr.ecr.eu-central-1.amazonaws.com/f:1"
  environment {
    variables = { TABLE = aws_dynamodb_table.t.name, REGION = "eu" }
  }
}
resource "aws_dynamodb_table" "t" {}
resource "hcloud_server" "vm" {
  image    = "ubuntu-24.04"
  location = "fsn1"
}`}, "k.tf", `
application "api" image=api:2 @7,1
application "f" image=x.dkr.ecr.eu-central-1.amazonaws.com/f:1 @17
resource "kubernetes_deployment.x" type=kubernetes_deployment name="x" provider=kubernetes of "api" @1
resource "aws_lambda_function.f" type=aws_lambda_function name="f" provider=aws of "f" @17
resource "aws_dynamodb_table.t" type=aws_dynamodb_table name="t" provider=aws @23
resource "hcloud_server.vm" type=hcloud_server name="vm" provider=hcloud region=fsn1 @24
"f" -> "aws_dynamodb_table.t" dependency @20
setting of "api" URL="amqp://queue" @10
setting of "f" REGION="eu" @20
setting of "f" image_uri="x.dkr.ecr.eu-central-1.amazonaws.com/f:1" @18
setting of "hcloud_server.vm" image="ubuntu-24.04" @25
setting of "hcloud_server.vm" location="fsn1" @26`},
		"modules and what their settings refer to": {map[string]string{"m.tf": `module "db" {
  source  = "terraform-aws-modules/rds/aws"
  version = "6.0"
  engine  = "postgres"
}
module "app" {
  source = "./app"
  image  = "${var.registry}/app"
  environment_variables = local.env
}
locals {
  env = merge({ LOG = "info" }, { DB = module.db.address, DATA = data.aws_x.y.id })
}
resource "random_id" "x" { keepers = { for k, v in local.env : k => v } }`}, "m.tf", `
database "db" [postgres] @1
application "app" @6
resource "random_id.x" type=random_id name="x" provider=random @14
resource "module.db" type=module name="terraform-aws-modules/rds/aws" provider=aws of "db" @1
resource "module.app" type=module name="./app" of "app" @6
"random_id.x" -> "db" dependency @12
"app" -> "db" dependency @12
setting of "db" engine="postgres" @4
setting of "app" LOG="info" @12
setting of "app" DATA="${DATA}" @12
gap m.tf remote_module module.db`},
		"modules that run no container": {map[string]string{"m.tf": `module "a" {
  source      = "./a"
  environment = "prod"
  image       = "debian-cloud/debian-12"
}
module "b" {
  source = "./b"
  image  = "Canonical:UbuntuServer:22_04:latest"
}
module "c" {
  source      = "./c"
  image       = "nginx:1"
  environment = "prod"
}`}, "m.tf", `
application "c" image=nginx:1 @10
resource "module.a" type=module name="./a" @1
resource "module.b" type=module name="./b" @6
resource "module.c" type=module name="./c" of "c" @10
setting of "module.a" image="debian-cloud/debian-12" @4
setting of "module.b" image="Canonical:UbuntuServer:22_04:latest" @8
setting of "c" image="nginx:1" @12`},
		"JSON": {map[string]string{"main.tf.json": `{
  "variable": {"engine": {"default": "postgres"}},
  "provider": {"aws": [{"region": "eu-central-1"}]},
  "resource": {
    "aws_db_instance": {
      "main": {"engine": "${var.engine}",
        "vpc": "${aws_vpc.x.id}"}
    },
    "aws_vpc": {"x": [{}]}
  }
}`}, "main.tf.json", `
resource "aws_db_instance.main" type=aws_db_instance name="main" provider=aws region=eu-central-1 @6
resource "aws_vpc.x" type=aws_vpc name="x" provider=aws region=eu-central-1 @9
"aws_db_instance.main" -> "aws_vpc.x" dependency @7
setting of "aws_db_instance.main" engine="postgres" @6
setting of "" engine="postgres" @2`},
		"who is let in": {map[string]string{"sg.tf": `resource "aws_vpc_security_group_ingress_rule" "r" {
  referenced_security_group_id = module.app.sg
  security_group_id = module.db.sg
}
module "app" { source = "./app" }
module "db" { source = "./db" }`}, "sg.tf", `
resource "aws_vpc_security_group_ingress_rule.r" type=aws_vpc_security_group_ingress_rule name="r" provider=aws @1
resource "module.app" type=module name="./app" provider=aws @5
resource "module.db" type=module name="./db" provider=aws @6
"module.app" -> "module.db" dependency @2`},
		"OpenTofu before Terraform, a file that is damaged": {map[string]string{
			"a.tf": `resource "x_y" "old" {}`, "a.tofu": `resource "x_y" "new" {}`, "b.tf": "resource \"x_y\" \"b\" {\n  a = \n}\n",
		}, "a.tofu", `
resource "x_y.new" type=x_y name="new" provider=x @1
resource "x_y.b" type=x_y name="b" provider=x @1
gap b.tf damaged line 2: Invalid expression`},
		"names of themselves": {map[string]string{"a.tf": "locals {\n  a = local.b\n  b = local.a\n}\nresource \"x_y\" \"z\" { v = local.a }\n"}, "a.tf", `
resource "x_y.z" type=x_y name="z" provider=x @5`},
		"nothing": {map[string]string{"a.tf": "# empty\n"}, "a.tf", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for at := range test.files {
				if !Holds(test.anchor, at) {
					delete(test.files, at)
				}
			}
			if got := drawn(t, test.files, test.anchor); got != strings.TrimSpace(test.want) {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// What would take memory or time without end is cut.
func TestHostile(t *testing.T) {
	chain := func(first, each string) string {
		text := "locals {\n  a0 = " + first + "\n"
		for i := 1; i < 100; i++ {
			text += strings.NewReplacer("NEXT", fmt.Sprint("a", i), "LAST", fmt.Sprint("local.a", i-1)).Replace("  NEXT = " + each + "\n")
		}
		return text + "}\nresource \"x_y\" \"z\" {\n  v = local.a99\n}\n"
	}
	for name, source := range map[string]string{
		"texts upon texts":      chain(`"xxxxxxxxxx"`, `"${LAST}${LAST}"`),
		"lists upon lists":      chain(`["x"]`, `[LAST, LAST]`),
		"joined lists":          chain(`["x"]`, `concat(LAST, LAST)`),
		"references upon them":  chain(`"${x_y.z.id}"`, `"${LAST}${LAST}"`),
		"brackets":              "a = " + strings.Repeat("[", 400_000),
		"signs":                 "a = " + strings.Repeat("!", 400_000) + "true",
		"sums":                  "a = 1" + strings.Repeat("+1", 400_000),
		"questions":             "a = " + strings.Repeat("a?b:", 200_000) + "c",
		"indices":               "a = b" + strings.Repeat("[b]", 200_000),
		"blocks":                strings.Repeat("a {\n", 200_000),
		"templates in each one": "a = " + strings.Repeat(`"${`, 200_000),
		"too long":              strings.Repeat("# x\n", 500_000),
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			texts, err := Read(context.Background(), map[string][]byte{"a.tf": []byte(source)}, "a.tf")
			if err != nil {
				t.Fatal(err)
			}
			if taken := time.Since(begun); taken > 5*time.Second {
				t.Errorf("took %v", taken)
			}
			if strings.HasPrefix(source, "locals") != (len(texts["a.tf"].Architecture.Resources) == 1) {
				t.Errorf("resources %v", texts["a.tf"].Architecture.Resources)
			}
			if !strings.HasPrefix(source, "locals") && len(texts["a.tf"].Gaps) == 0 {
				t.Error("no gap")
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(cancelled, map[string][]byte{"a.tf": nil}, "a.tf"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("locals {\n  a = \"x\"\n}\nresource \"a_b\" \"c\" {\n  d = \"${local.a}-${a_b.e.id}\"\n  container { image = local.a }\n}\nresource \"a_b\" \"e\" {}"), false)
	f.Add([]byte(`{"resource": {"a_b": {"c": {"d": "${a_b.c.id}", "environment": {"X": "y"}}}}, "locals": {"a": [1]}}`), true)
	f.Add([]byte("module \"m\" {\n  source = \"a/b/c\"\n  env = { A = \"b\" }\n  x = merge(1, [for a in b : a ? c : d])\n}"), false)
	f.Fuzz(func(t *testing.T, data []byte, isJSON bool) {
		at := map[bool]string{false: "a.tf", true: "a.tf.json"}[isJSON]
		read := func(ctx context.Context, data []byte) (austauschbar.Text, error) {
			texts, err := Read(ctx, map[string][]byte{at: data}, at)
			return texts[at], err
		}
		readertest.SoundGraph(t, read, data)
	})
}

// A thousand files, ten in each folder.
func BenchmarkThousand(b *testing.B) {
	folder := map[string][]byte{}
	for i := range 10 {
		folder[fmt.Sprintf("f%d.tf", i)] = fmt.Appendf(nil, "variable \"v%d\" { default = \"x\" }\nresource \"aws_db_instance\" \"r%d\" {\n  name = \"${var.v%d}-db\"\n  vpc = aws_db_instance.r0.id\n  tags = { a = \"b\" }\n}\n", i, i, i)
	}
	for b.Loop() {
		for range 100 {
			if _, err := Read(context.Background(), folder, "f0.tf"); err != nil {
				b.Fatal(err)
			}
		}
	}
}
