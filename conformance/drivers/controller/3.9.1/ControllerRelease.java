package org.apache.kafka.controller;

import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.timeline.SnapshotRegistry;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the driver of the controller calls otherwise in 3.9.1 than in other releases. */
final class ControllerRelease {
    private ControllerRelease() { }

    /** There are no eligible leader replicas in this release. */
    static FeatureControlManager features(SnapshotRegistry snapshots, boolean eligibleLeaderReplicas) {
        return new FeatureControlManager.Builder()
            .setSnapshotRegistry(snapshots)
            .setQuorumFeatures(new QuorumFeatures(0, QuorumFeatures.defaultFeatureMap(true), List.of(0)))
            .setMetadataVersion(MetadataVersion.latestProduction())
            .build();
    }

    static ClusterControlManager.Builder tellingShutdowns(ClusterControlManager.Builder cluster, Managers managers) {
        return cluster.setBrokerUncleanShutdownHandler((broker, records) -> managers.handleShutdown(broker, false, records));
    }

    static ConfigurationControlManager.Builder withFeatures(
        ConfigurationControlManager.Builder configs, FeatureControlManager features
    ) {
        return configs;
    }

    /** Nothing without eligible leader replicas. */
    static void handleShutdown(
        ReplicationControlManager replication, int broker, boolean isClean, List<ApiMessageAndVersion> records
    ) {
        if (!isClean) replication.handleBrokerUncleanShutdown(broker, records);
    }

    static ControllerResult<CreateTopicsResponseData> createTopics(
        ReplicationControlManager replication, CreateTopicsRequestData request
    ) {
        return replication.createTopics(
            ControllerRequestContextUtil.anonymousContextFor(ApiKeys.CREATE_TOPICS), request, Set.of(Controller.TOPIC));
    }

    static List<ApiMessageAndVersion> configure(
        ConfigurationControlManager configs, Map<ConfigResource, Map<String, Map.Entry<OpType, String>>> changes
    ) {
        return configs.incrementalAlterConfigs(changes, false).records();
    }

    static void enableElr(ConfigurationControlManager configs, List<ApiMessageAndVersion> records) {
        throw new UnsupportedOperationException("there are no eligible leader replicas");
    }
}
