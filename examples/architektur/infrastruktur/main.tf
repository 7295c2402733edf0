# Posteingangserkennung und Ereignisarchiv.
variable "region" {
  type    = string
  default = "eu-central-1"
}

provider "aws" {
  region = var.region
}

resource "aws_lambda_function" "posteingang" {
  function_name = "posteingangserkennung"
  package_type  = "Image"
  image_uri     = "registry.example.org/konzessio/posteingang:0.3.0"
  role          = aws_iam_role.posteingang.arn

  environment {
    variables = {
      OPENAI_BASE_URL = "https://api.openai.com/v1"
      MODEL_NAME      = "gpt-4o"
      EVENTS_TABLE    = aws_dynamodb_table.ereignisse.name
      SCAN_BUCKET     = aws_s3_bucket.scans.bucket
    }
  }
}

resource "aws_iam_role" "posteingang" {
  name               = "posteingang"
  assume_role_policy = "{}"
}

resource "aws_dynamodb_table" "ereignisse" {
  name         = "ereignisse"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_s3_bucket" "scans" {
  bucket = "konzessio-scans"
}
