# Builds an image with the tags that the gates want, copied to every region of the fleet and shared with its organisation.
#
# After `packer build`, EC2's event announces the image and the campaign begins by itself.
# Checked by: an HCL parser (@cdktf/hcl2json) and `ami-rollout lint-tags` on the tags below, in npm test.

packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = ">= 1.3.0"
    }
  }
}

variable "version" {
  type        = string
  description = "Year, month and build of the month, such as 2026.11.3"
}

variable "regions" {
  type    = list(string)
  default = ["us-east-1"]
}

variable "organization_arn" {
  type        = string
  description = "Who may launch it: arn:aws:organizations::111122223333:organization/o-example"
}

locals {
  build_id = "al2023-base-${var.version}"
}

source "amazon-ebs" "al2023" {
  region        = "eu-west-1"
  ami_name      = local.build_id
  instance_type = "m7i.large"
  ssh_username  = "ec2-user"
  ami_regions   = var.regions
  ami_org_arns  = [var.organization_arn]
  imds_support  = "v2.0"

  source_ami_filter {
    owners      = ["amazon"]
    most_recent = true
    filters = {
      name         = "al2023-ami-2023.*-x86_64"
      architecture = "x86_64"
    }
  }

  # The same in every region: the tags make the regional copies one build.
  tags = {
    "ami-rollout:family"   = "al2023-base"
    "ami-rollout:category" = "base"
    version                = var.version
    environment            = "production"
    build_id               = local.build_id
    created_date           = formatdate("YYYY-MM-DD", timestamp())
  }
}

build {
  sources = ["source.amazon-ebs.al2023"]

  provisioner "shell" {
    inline = [
      "sudo dnf upgrade --releasever=latest --assumeyes",
      "sudo dnf clean all",
    ]
  }
}
