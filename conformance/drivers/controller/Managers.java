package org.apache.kafka.controller;

import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.MockTime;
import org.apache.kafka.metadata.FakeKafkaConfigSchema;
import org.apache.kafka.metadata.placement.StripedReplicaPlacer;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.timeline.SnapshotRegistry;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** The managers of a controller, put together as QuorumController does, without its queue and timers. */
final class Managers {
    final FeatureControlManager features;
    final ClusterControlManager cluster;
    final ConfigurationControlManager configs;
    final ReplicationControlManager replication;

    Managers(boolean eligibleLeaderReplicas) {
        SnapshotRegistry snapshots = new SnapshotRegistry(new LogContext());
        features = ControllerRelease.features(snapshots, eligibleLeaderReplicas);
        ClusterControlManager.Builder clusters = new ClusterControlManager.Builder()
            .setTime(new MockTime(0L, 1_000_000L, 0L))
            .setSnapshotRegistry(snapshots)
            .setSessionTimeoutNs(1_000_000_000L)
            .setReplicaPlacer(new StripedReplicaPlacer(new Random(1)))
            .setFeatureControlManager(features);
        cluster = ControllerRelease.tellingShutdowns(clusters, this).build();
        ConfigurationControlManager.Builder configurations = new ConfigurationControlManager.Builder()
            .setSnapshotRegistry(snapshots)
            .setStaticConfig(Map.of())
            .setKafkaConfigSchema(FakeKafkaConfigSchema.INSTANCE);
        configs = ControllerRelease.withFeatures(configurations, features).build();
        replication = new ReplicationControlManager.Builder()
            .setSnapshotRegistry(snapshots)
            .setLogContext(new LogContext())
            .setMaxElectionsPerImbalance(Integer.MAX_VALUE)
            .setConfigurationControl(configs)
            .setClusterControl(cluster)
            .setFeatureControl(features)
            .build();
    }

    /** What ClusterControlManager.registerBroker has done with what an earlier incarnation held. */
    void handleShutdown(int broker, boolean isClean, List<ApiMessageAndVersion> records) {
        ControllerRelease.handleShutdown(replication, broker, isClean, records);
    }

    ControllerResult<CreateTopicsResponseData> createTopics(CreateTopicsRequestData request) {
        return ControllerRelease.createTopics(replication, request);
    }

    /** A setting of the topic. */
    List<ApiMessageAndVersion> configure(String name, String value) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Controller.TOPIC);
        Map<String, Map.Entry<OpType, String>> change = Map.of(name, Map.entry(AlterConfigOp.OpType.SET, value));
        return ControllerRelease.configure(configs, Map.of(topic, change));
    }
}
