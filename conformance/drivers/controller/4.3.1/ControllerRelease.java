package org.apache.kafka.controller;

import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.server.common.EligibleLeaderReplicasVersion;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.timeline.SnapshotRegistry;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the driver of the controller calls otherwise in 4.3.1 than in other releases. */
final class ControllerRelease {
    private ControllerRelease() { }

    static FeatureControlManager features(SnapshotRegistry snapshots, boolean eligibleLeaderReplicas) {
        FeatureControlManager features = new FeatureControlManager.Builder()
            .setSnapshotRegistry(snapshots)
            .setQuorumFeatures(new QuorumFeatures(0, QuorumFeatures.defaultSupportedFeatureMap(true), List.of(0)))
            .build();
        features.replay(level(MetadataVersion.FEATURE_NAME, MetadataVersion.latestProduction().featureLevel()));
        features.replay(level(EligibleLeaderReplicasVersion.FEATURE_NAME, (short) (eligibleLeaderReplicas ? 1 : 0)));
        return features;
    }

    static ClusterControlManager.Builder tellingShutdowns(ClusterControlManager.Builder cluster, Managers managers) {
        return cluster.setBrokerShutdownHandler(managers::handleShutdown);
    }

    static ConfigurationControlManager.Builder withFeatures(
        ConfigurationControlManager.Builder configs, FeatureControlManager features
    ) {
        return configs.setFeatureControl(features);
    }

    static void handleShutdown(
        ReplicationControlManager replication, int broker, boolean isClean, List<ApiMessageAndVersion> records
    ) {
        replication.handleBrokerShutdown(broker, isClean, records);
    }

    static ControllerResult<CreateTopicsResponseData> createTopics(
        ReplicationControlManager replication, CreateTopicsRequestData request
    ) {
        return replication.createTopics(
            ControllerRequestContextUtil.anonymousContextFor(ApiKeys.CREATE_TOPICS), request, Set.of(Controller.TOPIC), false);
    }

    static List<ApiMessageAndVersion> configure(
        ConfigurationControlManager configs, Map<ConfigResource, Map<String, Map.Entry<OpType, String>>> changes
    ) {
        return configs.incrementalAlterConfigs(changes, false, false).records();
    }

    /** As UpdateFeatures switches eligible leader replicas on, without asking who supports it. */
    static void enableElr(ConfigurationControlManager configs, List<ApiMessageAndVersion> records) {
        configs.maybeGenerateElrSafetyRecords(records);
        records.add(new ApiMessageAndVersion(level(EligibleLeaderReplicasVersion.FEATURE_NAME, (short) 1), (short) 0));
    }

    private static FeatureLevelRecord level(String name, short level) {
        return new FeatureLevelRecord().setName(name).setFeatureLevel(level);
    }
}
