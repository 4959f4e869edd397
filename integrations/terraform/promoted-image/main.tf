# The image that is current for a family and an environment, in the region of the provider: what a launch template that
# Terraform owns should start from.
#
# It reads what a campaign has promoted and starts no campaign itself. A plan made before a promotion and applied after it
# would go back: let Terraform ignore later changes of the image on resources that ami-rollout moves.
# Checked by: an HCL parser (@cdktf/hcl2json), `terraform fmt` where it is installed, and a comparison of the parameter's name
# with the shipped `promotionParameter`, in npm test.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "family" {
  type        = string
  description = "Family of images, as in rollout.config.ts"
}

variable "environment" {
  type        = string
  description = "Environment of the stacks"
  default     = "production"
}

data "aws_ssm_parameter" "promoted" {
  name = "/ami-rollout/${var.family}/${var.environment}/image"
}

output "image_id" {
  description = "AMI id in this region"
  # An AMI id is no secret; SSM parameters are sensitive by default.
  value = nonsensitive(data.aws_ssm_parameter.promoted.value)
}

output "promotion_version" {
  description = "Rises with every promotion and every rollback"
  value       = data.aws_ssm_parameter.promoted.version
}
