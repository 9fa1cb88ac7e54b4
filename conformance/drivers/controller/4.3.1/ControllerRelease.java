package org.apache.kafka.controller;

import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.MockTime;
import org.apache.kafka.metadata.FakeKafkaConfigSchema;
import org.apache.kafka.metadata.placement.StripedReplicaPlacer;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.server.common.EligibleLeaderReplicasVersion;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.timeline.SnapshotRegistry;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The managers of the controller of 4.3.1, put together as QuorumController does, without its queue and timers. */
final class ControllerRelease {
    final FeatureControlManager features;
    final ClusterControlManager cluster;
    final ConfigurationControlManager configs;
    final ReplicationControlManager replication;

    ControllerRelease(boolean eligibleLeaderReplicas) {
        SnapshotRegistry snapshots = new SnapshotRegistry(new LogContext());
        features = new FeatureControlManager.Builder()
            .setSnapshotRegistry(snapshots)
            .setQuorumFeatures(new QuorumFeatures(0, QuorumFeatures.defaultSupportedFeatureMap(true), List.of(0)))
            .build();
        features.replay(level(MetadataVersion.FEATURE_NAME, MetadataVersion.latestProduction().featureLevel()));
        features.replay(level(EligibleLeaderReplicasVersion.FEATURE_NAME, (short) (eligibleLeaderReplicas ? 1 : 0)));
        cluster = new ClusterControlManager.Builder()
            .setTime(new MockTime(0L, 1_000_000L, 0L))
            .setSnapshotRegistry(snapshots)
            .setSessionTimeoutNs(1_000_000_000L)
            .setReplicaPlacer(new StripedReplicaPlacer(new Random(1)))
            .setFeatureControlManager(features)
            .setBrokerShutdownHandler(this::handleShutdown)
            .build();
        configs = new ConfigurationControlManager.Builder()
            .setSnapshotRegistry(snapshots)
            .setFeatureControl(features)
            .setStaticConfig(Map.of())
            .setKafkaConfigSchema(FakeKafkaConfigSchema.INSTANCE)
            .build();
        replication = new ReplicationControlManager.Builder()
            .setSnapshotRegistry(snapshots)
            .setLogContext(new LogContext())
            .setMaxElectionsPerImbalance(Integer.MAX_VALUE)
            .setConfigurationControl(configs)
            .setClusterControl(cluster)
            .setFeatureControl(features)
            .build();
        cluster.activate();
    }

    /** What ClusterControlManager.registerBroker has done with what an earlier incarnation held. */
    void handleShutdown(int broker, boolean isClean, List<ApiMessageAndVersion> records) {
        replication.handleBrokerShutdown(broker, isClean, records);
    }

    ControllerResult<CreateTopicsResponseData> createTopics(CreateTopicsRequestData request) {
        return replication.createTopics(
            ControllerRequestContextUtil.anonymousContextFor(ApiKeys.CREATE_TOPICS), request, Set.of(Controller.TOPIC), false);
    }

    /** A setting of the topic. */
    List<ApiMessageAndVersion> configure(String name, String value) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Controller.TOPIC);
        return configs.incrementalAlterConfigs(
            Map.of(topic, Map.of(name, Map.entry(AlterConfigOp.OpType.SET, value))), false, false).records();
    }

    /** As UpdateFeatures switches eligible leader replicas on, without asking who supports it. */
    void enableElr(List<ApiMessageAndVersion> records) {
        configs.maybeGenerateElrSafetyRecords(records);
        records.add(new ApiMessageAndVersion(level(EligibleLeaderReplicasVersion.FEATURE_NAME, (short) 1), (short) 0));
    }

    private static FeatureLevelRecord level(String name, short level) {
        return new FeatureLevelRecord().setName(name).setFeatureLevel(level);
    }
}
