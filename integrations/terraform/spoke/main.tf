# The role and the event forwarding of one member account and region, for those who deploy accounts with Terraform: the
# template that `npm run synth` writes, deployed as it is. So it is always the one that this version of the hub expects.
# Checked by: an HCL parser (@cdktf/hcl2json), `terraform fmt` where it is installed, and a comparison of the parameters with the
# template's, in npm test.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "template" {
  type        = string
  description = "Path of the spoke's template, as `npm run synth` has written it"
}

variable "role_region" {
  type        = string
  description = "The one region of the account whose spoke makes the role"
}

variable "external_id" {
  type        = string
  description = "targets.externalId of rollout.config.ts"
  default     = "ami-rollout"
}

resource "aws_cloudformation_stack" "spoke" {
  name          = "ami-rollout-spoke"
  template_body = file(var.template)
  capabilities  = ["CAPABILITY_NAMED_IAM"]

  parameters = {
    ExternalId = var.external_id
    RoleRegion = var.role_region
  }
}

output "stack_id" {
  description = "The spoke's stack"
  value       = aws_cloudformation_stack.spoke.id
}
