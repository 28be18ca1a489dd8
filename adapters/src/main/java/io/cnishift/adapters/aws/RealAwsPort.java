package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.PartReader;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.ResilientCalls;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.TimeSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The AWS APIs of one cluster, read and written. Nothing is fed, so that the engine reads again when what it knows is too old.
 *
 * <p>An act is performed within {@link ActCalls#LIMIT}. It looks before it writes where the API alone does not make it the same
 * twice, and does not wait for what it began: the engine sees that in its readings.
 */
public final class RealAwsPort implements AwsPort {

    private static final String DRY_RUN_PASSED = "DryRunOperation";

    private final String cluster;
    private final PartReader reader;
    private final AwsClients clients;
    private final ResilientCalls calls;
    private final TimeSource time;
    private final Tokens tokens;
    private final ActBook book = ActBook.full();

    RealAwsPort(
            String cluster,
            PartReader reader,
            AwsClients clients,
            ResilientCalls calls,
            TimeSource time,
            Optional<String> migration) {
        this.cluster = cluster;
        this.reader = reader;
        this.clients = clients;
        this.calls = calls;
        this.time = time;
        this.tokens = new Tokens(migration, time);
    }

    @Override
    public Reading read(Set<Part> parts) {
        return reader.read(parts);
    }

    @Override
    public Reading read(Set<Part> parts, Runnable between) {
        return reader.read(parts, between);
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return Set.of();
    }

    @Override
    public Map<String, Object> before(Act act) {
        try {
            return book.before(begin(), act);
        } catch (CallFailure failure) {
            throw Refusals.unread(act, failure);
        }
    }

    @Override
    public ActResult perform(Act act) {
        Writing at = begin();
        try {
            ActResult result = book.perform(at, act);
            tokens.answered(act);
            return result;
        } catch (CallFailure failure) {
            ActResult refused = Refusals.of(act, failure, at.calls());
            tokens.answered(act);
            return refused;
        }
    }

    /** The yes of EC2 to a dry run is an error, too. */
    @Override
    public Optional<ActResult> check(Act act) {
        try {
            return book.trial(begin(), act);
        } catch (CallFailure failure) {
            return Optional.of(
                    Writing.code(failure).equals(DRY_RUN_PASSED) ? ActResults.done() : Refusals.refused(act, failure));
        }
    }

    private Writing begin() {
        ActCalls own = new ActCalls(calls, time);
        return new Writing(cluster, clients, AwsApis.of(clients, own), own, tokens);
    }
}
