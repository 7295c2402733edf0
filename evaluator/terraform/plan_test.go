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
	for name, test := range map[string]struct {
		document string
		want     []string
	}{
		"a plan": {plan, []string{
			`application "web" image=web:1 region=eu-central-1 @9,6`,
			`resource "aws_ecs_task_definition.app" type=aws_ecs_task_definition name="app" provider=aws region=eu-central-1 of "web" @6`,
			`resource "module.db.aws_db_instance.main[0]" type=aws_db_instance name="main" provider=aws region=eu-central-1 @12`,
			`resource "module.db" type=module name="terraform-aws-modules/rds/aws" provider=aws @21`,
			`"aws_ecs_task_definition.app" -> "module.db.aws_db_instance.main[0]" dependency @6`,
			`setting of "web" MODEL="gpt-4o" @9`,
			`setting of "aws_ecs_task_definition.app" family="app" @8`,
			`setting of "module.db.aws_db_instance.main[0]" engine="postgres" @14`,
		}},
		"a state": {state, []string{
			`application "f" image=f:1 region=eu-west-3 @2`,
			`resource "aws_lambda_function.f[\"a.b\"]" type=aws_lambda_function name="f" provider=aws region=eu-west-3 of "f" @2`,
			`resource "aws_s3_bucket.b" type=aws_s3_bucket name="b" provider=aws @5`,
			`"f" -> "aws_s3_bucket.b" dependency @2`,
			`setting of "f" arn="arn:aws:lambda:eu-west-3:1:function:f" @3`,
			`setting of "f" image_uri="f:1" @3`,
			`setting of "aws_s3_bucket.b" bucket="b" @5`,
		}},
		"nothing": {`{"format_version": "1.0", "planned_values": {}}`, nil},
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
