package org.apache.kafka.raft;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/** A request on its way, or the answer to it on its way back. */
final class Message {
    final int number;
    /** Who asks. */
    final int from;
    final int to;
    final boolean isAnswer;
    final RaftRequest.Outbound request;
    final ApiMessage data;
    /** Of the one who asks: an answer to an earlier process is lost with its connection. */
    final int incarnation;

    Message(int number, int from, int to, RaftRequest.Outbound request, ApiMessage answer, int incarnation) {
        this.number = number;
        this.from = from;
        this.to = to;
        this.isAnswer = answer != null;
        this.request = request;
        this.data = answer == null ? request.data() : answer;
        this.incarnation = incarnation;
    }

    ApiKeys api() {
        return ApiKeys.forId(request.data().apiKey());
    }

    /** The request as the drivers name it: one of Kafka's, or PRE_VOTE. */
    String kind() {
        return RaftRelease.isPreVote(request.data()) ? "PRE_VOTE" : api().name();
    }
}
