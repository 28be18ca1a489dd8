package io.cnishift.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountTest {

    @Test
    void oneIsSingularAndNoneIsPlural() {
        assertThat(Count.of(1, "node")).isEqualTo("1 node");
        assertThat(Count.of(0, "node")).isEqualTo("0 nodes");
        assertThat(Count.of(2, "policy asks", "policies ask")).isEqualTo("2 policies ask");
    }
}
