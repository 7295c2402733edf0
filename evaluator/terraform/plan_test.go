package terraform

import (
	"testing"

	"github.com/austauschbar/austauschbar/evaluator/readertest"
)

const plan = `{
"format_version": "1.2", "terraform_version": "1.9.0",
"variables": {"region": {"value": "eu-central-1"}},
"planned_values": {"root_module": {
 "resources": [
  {"address": "aws_ecs_task_definition.app", "mode": "managed", "type": "aws_ecs_task_definition", "name": "app",
   "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 1,
   "values": {"family": "app",
    "container_definitions": "[{\"name\": \"web\", \"image\": \"web:1\", \"environment\": [{\"name\": \"MODEL\", \"value\": \"gpt-4o\"}]}]"}},
  {"address": "aws_iam.x", "mode": "data", "type": "aws_iam", "name": "x", "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0, "values": {}}],
 "child_modules": [{"address": "module.db", "resources": [
  {"address": "module.db.aws_db_instance.main[0]", "mode": "managed", "type": "aws_db_instance", "name": "main", "index": 0,
   "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 1,
   "values": {"engine": "postgres", "password": "hunter2"}, "sensitive_values": {"password": true}}]}]}},
"configuration": {
 "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"references": ["var.region"]}}}},
 "root_module": {
  "resources": [{"address": "aws_ecs_task_definition.app", "mode": "managed", "type": "aws_ecs_task_definition", "name": "app", "provider_config_key": "aws", "schema_version": 1,
   "expressions": {"container_definitions": {"references": ["module.db.address", "module.db"]}}}],
  "module_calls": {
   "db": {"source": "terraform-aws-modules/rds/aws", "module": {
    "outputs": {"address": {"expression": {"references": ["aws_db_instance.main[0].address", "aws_db_instance.main[0]", "aws_db_instance.main"]}}},
    "resources": [{"address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance", "name": "main", "schema_version": 1}]}}}}}
}`

const state = `{"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {"resources": [
{"address": "aws_lambda_function.f[\"a.b\"]", "mode": "managed", "type": "aws_lambda_function", "name": "f", "index": "a.b", "provider_name": "registry.opentofu.org/hashicorp/aws", "schema_version": 0,
 "values": {"arn": "arn:aws:lambda:eu-west-3:1:function:f", "image_uri": "f:1"},
 "depends_on": ["aws_s3_bucket.b", "data.aws_x.y"]},
{"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "provider_name": "registry.opentofu.org/hashicorp/aws", "schema_version": 0, "values": {"bucket": "b"}}]}}}`

func TestReadPlan(t *testing.T) {
	for name, test := range map[string]struct{ document, want string }{
		"a plan": {plan, `
9 component aws_ecs_task_definition.app/web name=web kind=application image=web:1
6 resource aws_ecs_task_definition.app type=aws_ecs_task_definition name=app provider=aws region=eu-central-1 component=aws_ecs_task_definition.app/web
12 resource module.db.aws_db_instance.main[0] type=aws_db_instance name=main provider=aws region=eu-central-1
21 resource module.db type=module name=terraform-aws-modules/rds/aws provider=aws
6 dependency aws_ecs_task_definition.app -> module.db.aws_db_instance.main[0]
9 setting aws_ecs_task_definition.app/web MODEL=gpt-4o
8 setting aws_ecs_task_definition.app family=app
14 setting module.db.aws_db_instance.main[0] engine=postgres`},
		"a state": {state, `
2 component aws_lambda_function.f["a.b"] name=f kind=application image=f:1
2 resource aws_lambda_function.f["a.b"] type=aws_lambda_function name=f provider=aws region=eu-west-3 component=aws_lambda_function.f["a.b"]
5 resource aws_s3_bucket.b type=aws_s3_bucket name=b provider=aws
2 dependency aws_lambda_function.f["a.b"] -> aws_s3_bucket.b
3 setting aws_lambda_function.f["a.b"] arn=arn:aws:lambda:eu-west-3:1:function:f
3 setting aws_lambda_function.f["a.b"] image_uri=f:1
5 setting aws_s3_bucket.b bucket=b`},
		"nothing": {`{"format_version": "1.0", "planned_values": {}}`, ""},
	} {
		t.Run(name, func(t *testing.T) { readertest.Draws(t, ReadPlan, []byte(test.document), test.want) })
	}
}

func TestRefusePlan(t *testing.T) {
	for name, test := range map[string]struct{ document, code string }{
		"other JSON":        {`{"values": 1}`, "unknown_content"},
		"neither":           {`{"format_version": "1.0"}`, "unknown_content"},
		"another version":   {`{"format_version": "9.0", "planned_values": {}}`, "damaged"},
		"cut off":           {`{"format_version": "1.0"`, "damaged"},
		"nothing":           {"", "empty"},
		"resources of text": {`{"format_version": "1.0", "values": {"root_module": "x"}}`, "damaged"},
	} {
		t.Run(name, func(t *testing.T) { readertest.Refuses(t, ReadPlan, test.document, test.code) })
	}
}

func TestPlanCancelled(t *testing.T) { readertest.Cancels(t, ReadPlan, plan) }

func TestBare(t *testing.T) {
	for address, want := range map[string]string{
		`a.b`: "a.b", `a.b[0]`: "a.b", `module.x["y[0].z"].a.b[1]`: "module.x.a.b", `a.b[`: "a.b", `a["`: "a",
	} {
		if got := bare(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

func FuzzReadPlan(f *testing.F) {
	f.Add([]byte(plan))
	f.Add([]byte(state))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.SoundGraph(t, ReadPlan, data) })
}
