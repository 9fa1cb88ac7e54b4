package kafka.server;

import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.server.network.BrokerEndPoint;

import java.io.IOException;
import java.io.UncheckedIOException;

/** From a follower to its leader, who answers what it has answered before. */
final class Connection implements BlockingSend {
    final BrokerEndPoint leader;
    /** What the leader has answered; null where that was lost. */
    Answers answers;

    Connection(BrokerEndPoint leader) {
        this.leader = leader;
    }

    @Override
    public BrokerEndPoint brokerEndPoint() {
        return leader;
    }

    @Override
    public ClientResponse sendRequest(AbstractRequest.Builder<? extends AbstractRequest> builder) {
        if (answers == null) throw new UncheckedIOException(new IOException("the connection is gone"));
        return answers.to(builder.build());
    }

    @Override
    public void initiateClose() { }

    @Override
    public void close() { }
}
