variable "min_isr" { default = 1 }
resource "aws_msk_configuration" "this" {
  kafka_versions = ["3.7.x"]
  name = "prod"
  server_properties = <<PROPERTIES
auto.create.topics.enable = false
default.replication.factor=2
min.insync.replicas=${var.min_isr}
unclean.leader.election.enable=false
PROPERTIES
}
resource "aws_msk_cluster" "this" {
  cluster_name = "prod"
  kafka_version = "3.7.x.kraft"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
    security_groups = [aws_security_group.sg.id]
  }
  configuration_info {
    arn = aws_msk_configuration.this.arn
    revision = aws_msk_configuration.this.latest_revision
  }
}
resource "kafka_topic" "orders" {
  name = "orders"
  replication_factor = 3
  partitions = 12
  config = { "min.insync.replicas" = "3", "cleanup.policy" = "delete" }
}
