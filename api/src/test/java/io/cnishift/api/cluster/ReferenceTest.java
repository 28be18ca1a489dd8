package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ReferenceTest {

    /** Otherwise every roll whose old group is deleted would leave a cluster that cannot be read for an hour. */
    @Test
    void anInstanceThatHasEndedNamesNothing() {
        assertThat(Reference.of(instance("running"))).hasSize(2);
        assertThat(Reference.of(instance("terminated"))).isEmpty();
    }

    private static Instance instance(String state) {
        return new Instance(
                "i-1",
                "m5.large",
                "eu-west-1a",
                "subnet-1",
                Optional.of("workers"),
                state,
                "10.0.0.1",
                "ami-1",
                2,
                List.of(),
                Instant.EPOCH,
                OptionalLong.empty(),
                false,
                false);
    }
}
